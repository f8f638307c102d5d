import { liveState } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { signOut } from '../session/session.ts'
import { me } from '../session/shop.ts'
import { PageHead } from '../shell/page-head.tsx'
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
          {role === 'owner' && (
            <a class="line" href="/app/more/settings">
              <Icon name="card" />
              <span class="line-words">Name, delivery and payment</span>
              <Icon name="next" />
            </a>
          )}
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
