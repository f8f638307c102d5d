import type { Person } from '../api/shapes.ts'
import { go } from '../world/sync.ts'
import { unreadOf } from '../world/unread.ts'
import { chats, isStaff, place } from '../world/world.ts'
import { Avatar } from './avatar.tsx'
import { Badge } from './badge.tsx'
import './person-button.css'
import { previewOf } from './preview.ts'

/** Takes that person's phone into the hand. */
export function PersonButton({ person }: { person: Person }) {
  const chat = chats.value.get(person.id)
  const current = place.value?.personId === person.id
  return (
    <button
      type="button"
      class="person"
      aria-current={current ? 'true' : undefined}
      onClick={() => go({ personId: person.id, chatId: person.id })}
    >
      <Avatar name={`${person.firstName} ${person.lastName ?? ''}`} colour={person.colour} />
      <span class="person-name">
        <span class="cut">{person.firstName}</span>
        {isStaff(person.id) && <span class="person-staff">staff</span>}
      </span>
      <span class="person-preview cut">{chat ? previewOf(chat) : ''}</span>
      <Badge count={unreadOf(person.id)} what="new" />
    </button>
  )
}
