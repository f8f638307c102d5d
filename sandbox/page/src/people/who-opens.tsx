import { Dialog } from '../parts/dialog.tsx'
import { asked, openAs } from '../world/deep-link.ts'
import { isStaff, people } from '../world/world.ts'
import { Avatar } from './avatar.tsx'
import './who-opens.css'

/** Asks on whose phone a link opens that signs somebody in: in Telegram that is one's own. */
export function WhoOpens() {
  if (!asked.value || people.value.length === 0) return null
  const staffFirst = people.value.toSorted((a, b) => Number(isStaff(b.id)) - Number(isStaff(a.id)))
  return (
    <Dialog title="Who opens this link?" onClose={() => (asked.value = undefined)}>
      <ul class="who-opens">
        {staffFirst.map(({ id, firstName, lastName = '', colour }) => (
          <li key={id}>
            <button type="button" onClick={() => openAs(id)}>
              <Avatar name={`${firstName} ${lastName}`} colour={colour} size={36} />
              <span class="cut">{firstName}</span>
              {isStaff(id) && <span class="small hint">staff</span>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
