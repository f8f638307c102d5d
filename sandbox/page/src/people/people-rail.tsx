import { useSignal } from '@preact/signals'
import { activeFaults, drawerOpen } from '../faults/faults.ts'
import { Icon } from '../look/icon.tsx'
import { dark, toggleTheme } from '../look/theme.ts'
import { people } from '../world/world.ts'
import { AddPerson } from './add-person.tsx'
import { Badge } from './badge.tsx'
import './people-rail.css'
import { PersonButton } from './person-button.tsx'

/** Whose phone to hold: a column beside the phone, or a strip above it. */
export function PeopleRail() {
  const adding = useSignal(false)
  return (
    <aside class="rail">
      <p class="rail-label">
        <b>Sandbox:</b> a local stand-in for Telegram. Nothing leaves this computer.
      </p>
      <div class="rail-bar">
        <nav class="rail-people" aria-label="People">
          {people.value.map((person) => (
            <PersonButton key={person.id} person={person} />
          ))}
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
