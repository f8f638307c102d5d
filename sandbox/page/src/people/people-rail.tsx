import { useSignal } from '@preact/signals'
import type { Person } from '../api/shapes.ts'
import { activeFaults, drawerOpen } from '../faults/faults.ts'
import { Icon } from '../look/icon.tsx'
import { dark, toggleTheme } from '../look/theme.ts'
import { isStaff, people } from '../world/world.ts'
import { AddPerson } from './add-person.tsx'
import { Badge } from './badge.tsx'
import './people-rail.css'
import { PersonButton } from './person-button.tsx'

/** Whose phone to hold: a column beside the phone, or a strip above it. */
export function PeopleRail() {
  const adding = useSignal(false)
  const staff = people.value.filter((person) => isStaff(person.id))
  const customers = people.value.filter((person) => !isStaff(person.id))
  return (
    <aside class="rail">
      <p class="rail-label">
        <b>Sandbox:</b> a local stand-in for Telegram. Nothing leaves this computer.
      </p>
      <div class="rail-bar">
        <nav class="rail-people" aria-label="People">
          <Group title="Customers" people={customers} />
          <Group title="Staff" people={staff} />
          <button type="button" class="rail-add" onClick={() => (adding.value = true)}>
            <Icon name="plus" />
            <span class="rail-word">Add a person</span>
          </button>
        </nav>
        <div class="rail-tools">
          <FaultsButton />
          <button
            type="button"
            class="icon-button"
            aria-label={dark.value ? 'Light colours' : 'Dark colours'}
            title={dark.value ? 'Light colours' : 'Dark colours'}
            onClick={toggleTheme}
          >
            <Icon name={dark.value ? 'sun' : 'moon'} />
          </button>
        </div>
      </div>
      {adding.value && <AddPerson onClose={() => (adding.value = false)} />}
    </aside>
  )
}

function Group({ title, people: members }: { title: string; people: Person[] }) {
  if (members.length === 0) return null
  return (
    <>
      <h3 class="rail-title">{title}</h3>
      {members.map((person) => (
        <PersonButton key={person.id} person={person} />
      ))}
    </>
  )
}

function FaultsButton() {
  const active = activeFaults.value
  return (
    <button
      type="button"
      class={active > 0 ? 'rail-faults on' : 'rail-faults'}
      aria-expanded={drawerOpen.value}
      onClick={() => (drawerOpen.value = !drawerOpen.value)}
    >
      <Icon name="bolt" />
      <span class="rail-word">Faults</span>
      <Badge count={active} what="active" />
    </button>
  )
}
