import { useState } from 'preact/hooks'
import type { NoticeFate, OrderDetail } from '../../../src/http/contract/order.ts'
import { Button } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { everyMinute, everySecond } from '../time/shop-clock.ts'
import { type Fate, fateOf, kindOf } from './fate.ts'
import { resendNotice } from './take-step.ts'
import './notices-card.css'

const ICONS: Record<Fate['is'], IconName> = { told: 'check', waiting: 'clock', dead: 'alert', undone: 'undo' }

/** Who was told what: the customer line by line, the staff in one. */
export function NoticesCard({ order }: { order: OrderDetail }) {
  const toCustomer = order.notices.filter((notice) => notice.toCustomer)
  const toStaff = order.notices.filter((notice) => !notice.toCustomer)
  if (order.notices.length === 0) return null
  return (
    <section class="section">
      <h2>Who was told</h2>
      <div class="card">
        <ul>
          {toCustomer.map((notice) => (
            <NoticeLine key={notice.id} order={order} notice={notice} />
          ))}
        </ul>
        {toStaff.length > 0 && <StaffNotices order={order} notices={toStaff} />}
      </div>
    </section>
  )
}

function StaffNotices({ order, notices }: { order: OrderDetail; notices: NoticeFate[] }) {
  const told = notices.filter((notice) => notice.sentAt !== null).length
  const dead = notices.some((notice) => notice.state === 'dead')
  return (
    <details class="notices-staff" open={dead}>
      <summary class="line">
        <Icon name="person" />
        <span class="line-words">
          Staff: {told} of {notices.length} told
        </span>
        <Icon name="next" />
      </summary>
      <ul>
        {notices.map((notice) => (
          <NoticeLine key={notice.id} order={order} notice={notice} />
        ))}
      </ul>
    </details>
  )
}

function NoticeLine({ order, notice }: { order: OrderDetail; notice: NoticeFate }) {
  const [busy, setBusy] = useState(false)
  const settled = notice.state !== 'waiting'
  const fate = fateOf(notice, settled ? everyMinute() : everySecond(), timezone(), order.customer.reach)

  async function resend(): Promise<void> {
    setBusy(true)
    await resendNotice(order.number, notice.id)
    setBusy(false)
  }

  return (
    <li class={`line notice-${fate.is}`} data-notice={notice.kind} data-fate={fate.is}>
      <Icon name={ICONS[fate.is]} />
      <div class="line-words">
        <p class="wrap">
          {kindOf(notice)} → {notice.recipient}
        </p>
        <p class="small notice-fate wrap">{fate.words}</p>
      </div>
      {fate.is === 'dead' && (
        <Button busy={busy} onPress={() => void resend()}>
          Resend
        </Button>
      )}
    </li>
  )
}
