import { useLocation } from 'preact-iso'
import { countMatters, matters } from '../books/matters.ts'
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
  const badges: Partial<Record<IconName, { count: number; word: string }>> = {
    orders: { count: counters.value?.placed ?? 0, word: 'new' },
    more: { count: matters.value ? countMatters(matters.value) : 0, word: 'about money' },
  }
  return (
    <nav class="tab-bar" aria-label="Places">
      {TABS.map(({ href, word, icon }) => (
        <a key={href} class="tab" href={href} aria-current={isAt(path, href) ? 'page' : undefined}>
          <span class="tab-icon">
            <Icon name={icon} />
            <Badge {...badges[icon]} />
          </span>
          {word}
        </a>
      ))}
    </nav>
  )
}

function Badge({ count = 0, word = '' }: { count?: number; word?: string }) {
  if (count === 0) return null
  return (
    <span class="tab-badge">
      {count > 99 ? '99+' : count}
      <span class="unseen"> {word}</span>
    </span>
  )
}

function isAt(path: string, href: string): boolean {
  return href === '/app' ? path === href : path.startsWith(href)
}
