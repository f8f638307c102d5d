import { useLocation } from 'preact-iso'
import { counters } from '../live/live.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import './tab-bar.css'

const TABS: { href: string; word: string; icon: IconName }[] = [
  { href: '/app', word: 'Today', icon: 'today' },
  { href: '/app/orders', word: 'Orders', icon: 'orders' },
  { href: '/app/products', word: 'Products', icon: 'products' },
  { href: '/app/more', word: 'More', icon: 'more' },
]

/** The panel's places, under the thumb; at the side of a wide screen. */
export function TabBar() {
  const { path } = useLocation()
  const waiting = counters.value?.placed ?? 0
  return (
    <nav class="tab-bar" aria-label="Places">
      {TABS.map(({ href, word, icon }) => (
        <a key={href} class="tab" href={href} aria-current={isAt(path, href) ? 'page' : undefined}>
          <span class="tab-icon">
            <Icon name={icon} />
            {icon === 'orders' && waiting > 0 && (
              <span class="tab-badge">
                {waiting > 99 ? '99+' : waiting}
                <span class="unseen"> new</span>
              </span>
            )}
          </span>
          {word}
        </a>
      ))}
    </nav>
  )
}

function isAt(path: string, href: string): boolean {
  return href === '/app' ? path === href : path.startsWith(href)
}
