import { MoneyLink } from '../books/money-link.tsx'
import { ExportLine } from '../exports/export-line.tsx'
import { liveState } from '../live/live.ts'
import { NoticesLink } from '../notices/notices-link.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { signOut } from '../session/session.ts'
import { me } from '../session/shop.ts'
import { mayOpen } from '../shell/may-open.ts'
import { PageHead } from '../shell/page-head.tsx'
import { SystemLink } from '../system/system-link.tsx'
import './more-page.css'

const ROLES = { owner: 'Owner', manager: 'Manager', packer: 'Packer' } as const
const LINES = {
  connecting: 'Connecting',
  live: 'Connected, live',
  lost: 'Connection lost, trying again',
} as const

/** Who is here, what can be set, and the way out. */
export function MorePage() {
  const { name, role, shop } = me()
  return (
    <div class="page more-page">
      <PageHead title="More" />
      <section class="section">
        <h2>You</h2>
        <div class="card">
          <div class="line">
            <span class="initial" aria-hidden="true">
              {[...name][0]?.toUpperCase()}
            </span>
            <div class="line-words">
              <p class="strong wrap">{name}</p>
              <p class="small hint">{ROLES[role]}</p>
            </div>
          </div>
          <a class="line" href="/app/more/alerts">
            <Icon name="bell" />
            <span class="line-words">Alerts</span>
            <Icon name="next" />
          </a>
        </div>
      </section>
      <section class="section">
        <h2>Shop</h2>
        <div class="card">
          <div class="line">
            <Icon name="shop" />
            <div class="line-words">
              <p class="strong wrap">{shop.name}</p>
              <p class="small hint">
                {shop.currency} · {shop.timezone}
              </p>
            </div>
          </div>
          {mayOpen('/app/more/money') && <MoneyLink />}
          {mayOpen('/app/more/discounts') && (
            <a class="line" href="/app/more/discounts">
              <Icon name="percent" />
              <span class="line-words">Discount codes</span>
              <Icon name="next" />
            </a>
          )}
          {role !== 'packer' && <ExportLine />}
          <NoticesLink />
          <a class="line" href="/app/more/staff">
            <Icon name="person" />
            <span class="line-words">Staff and groups</span>
            <Icon name="next" />
          </a>
          {mayOpen('/app/more/reminders') && (
            <a class="line" href="/app/more/reminders">
              <Icon name="clock" />
              <span class="line-words">Reminders and low stock</span>
              <Icon name="next" />
            </a>
          )}
          {mayOpen('/app/more/taxes') && (
            <a class="line" href="/app/more/taxes">
              <Icon name="note" />
              <span class="line-words">Tax rates</span>
              <Icon name="next" />
            </a>
          )}
          {mayOpen('/app/more/settings') && (
            <a class="line" href="/app/more/settings">
              <Icon name="card" />
              <span class="line-words">Name, delivery and payment</span>
              <Icon name="next" />
            </a>
          )}
          {mayOpen('/app/more/system') && <SystemLink />}
        </div>
      </section>
      <Button kind="danger" icon="leave" onPress={() => void signOut()}>
        Sign out
      </Button>
      <p class="small hint more-foot">
        LittleShop {import.meta.env.VITE_VERSION} · {LINES[liveState.value]}
        <br />
        Colours follow Telegram, or this device.
      </p>
    </div>
  )
}
