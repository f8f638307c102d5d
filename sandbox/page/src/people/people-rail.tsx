import { useSignal } from '@preact/signals'
import type { Person } from '../api/shapes.ts'
import { activeFaults, drawerOpen } from '../faults/faults.ts'
import { Icon } from '../look/icon.tsx'
import { dark, toggleTheme } from '../look/theme.ts'
import { go } from '../world/sync.ts'
import { unreadOf } from '../world/unread.ts'
import { chats, isStaff, people, place } from '../world/world.ts'
import { AddPerson } from './add-person.tsx'
import { Avatar } from './avatar.tsx'
import './people-rail.css'
import { previewOf } from './preview.ts'

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
            <span>Add a person</span>
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

function PersonButton({ person }: { person: Person }) {
  const chat = chats.value.get(person.id)
  const waiting = unreadOf(person.id)
  const current = place.value?.personId === person.id
  return (
    <button
      type="button"
      class="rail-person"
      aria-current={current ? 'true' : undefined}
      onClick={() => go({ personId: person.id, chatId: person.id })}
    >
      <Avatar name={`${person.firstName} ${person.lastName ?? ''}`} colour={person.colour} />
      <span class="rail-name cut">{person.firstName}</span>
      <span class="rail-preview cut">{chat ? previewOf(chat) : ''}</span>
      {waiting > 0 && (
        <span class="badge">
          {waiting}
          <span class="unseen"> new</span>
        </span>
      )}
    </button>
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
      <span>Faults</span>
      {active > 0 && <span class="badge">{active}</span>}
    </button>
  )
}
