import { clockTime } from '../chat/status-bar.tsx'
import { bot } from '../world/world.ts'
import type { Notification } from './arrivals.ts'
import { openNotification } from './open-notification.ts'
import './push-card.css'

const TIP =
  'Opens the panel there. The buttons that a real notification has come from the service worker of a real browser.'

/** A notification as a phone draws it. */
export function PushCard({ notification }: { notification: Notification }) {
  const { title, body, at, devices } = notification
  return (
    <button type="button" class="push" title={TIP} onClick={() => void openNotification(notification)}>
      <span class="push-head">
        <span class="push-app" aria-hidden="true">
          {(bot.value?.name ?? 'S').slice(0, 1)}
        </span>
        <span class="cut">{bot.value?.name}</span>
        <time>{clockTime(at)}</time>
      </span>
      <b class="push-title">{title}</b>
      <span class="push-body">{body}</span>
      <span class="push-devices">{devices}</span>
    </button>
  )
}
