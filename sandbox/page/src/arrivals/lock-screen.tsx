import { useEffect } from 'preact/hooks'
import { clockTime } from '../chat/status-bar.tsx'
import { Icon } from '../look/icon.tsx'
import { place } from '../world/world.ts'
import { markSeen, notificationsOf, open, wipe } from './arrivals.ts'
import { Cover, closeCover } from './cover.tsx'
import './lock-screen.css'
import { PushCard } from './push-card.tsx'

/** The notifications that lie on the devices of the person in hand. */
export function LockScreen() {
  const personId = place.value?.personId
  return open.value === 'lock-screen' && personId !== undefined ? <Screen personId={personId} /> : null
}

function Screen({ personId }: { personId: number }) {
  const notifications = notificationsOf(personId)
  const ids = notifications.flatMap((one) => one.ids)
  useEffect(() => markSeen(ids), [ids.join()])
  const now = Date.now()
  return (
    <Cover name="lock-screen" label="Lock screen">
      <header>
        <button type="button" class="icon-button" aria-label="Close" onClick={closeCover}>
          <Icon name="close" />
        </button>
      </header>
      <p class="lock-time">{clockTime(now)}</p>
      <p class="lock-day">
        {new Date(now).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })}
      </p>
      <ul>
        {notifications.map((notification) => (
          <li key={notification.id}>
            <PushCard notification={notification} />
          </li>
        ))}
      </ul>
      {notifications.length === 0 ? (
        <p class="lock-empty">No notifications. They come with the next order.</p>
      ) : (
        <button type="button" class="lock-clear" onClick={() => void wipe({ ids })}>
          Clear all
        </button>
      )}
      <p class="lock-note">
        <b>Sandbox:</b> a drawing of what the local push service has taken. A browser in which you switch on
        alerts gets real ones.
      </p>
    </Cover>
  )
}
