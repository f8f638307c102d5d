import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../look/icon.tsx'
import { place } from '../world/world.ts'
import { isNews, markSeen, type Notification, notificationsOf, open } from './arrivals.ts'
import { PushCard } from './push-card.tsx'
import './push-banner.css'

const SHOWN_MS = 8_000

/** What has just been pushed to the phone in hand, or while nobody held it, drops in from its top edge. */
export function PushBanner() {
  const personId = place.value?.personId
  const shown = useRef('')
  const news = personId === undefined ? [] : notificationsOf(personId).filter(isNews)
  const banner = open.value === 'lock-screen' ? undefined : news.find((one) => isLoud(one, shown.current))
  shown.current = banner ? nameOf(banner) : ''

  const end = () => markSeen(news.flatMap(({ ids }) => ids))

  useEffect(() => {
    if (!banner) return
    const timer = setTimeout(end, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [banner?.id])

  return (
    <div class="push-banner" role="status" aria-label="Notification">
      {banner && (
        <div key={nameOf(banner)}>
          <PushCard notification={banner} />
          <button type="button" class="icon-button" aria-label="Put away" title="Put away" onClick={end}>
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </div>
  )
}

/** A silent one makes no appearance; it only takes the place of the one that is being shown. */
function isLoud(notification: Notification, shown: string): boolean {
  return !notification.silent || nameOf(notification) === shown
}

function nameOf({ personId, tag, id }: Notification): string {
  return `${personId}:${tag || id}`
}
