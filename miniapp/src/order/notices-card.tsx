import { useState } from 'preact/hooks'
import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { NoticeSheet } from '../notices/notice-sheet.tsx'
import { Icon } from '../parts/icon.tsx'
import { FATE_ICONS, withOtherWays } from './fate.ts'
import { kindOf } from './notice-kinds.ts'
import { NoticeLine } from './notice-line.tsx'
import { type StaffNews, staffNews } from './staff-news.ts'
import './notices-card.css'

/** Who was told what: the customer line by line, the staff in a line for each piece of news. A tap shows the proof. */
export function NoticesCard({ order }: { order: OrderDetail }) {
  const [open, setOpen] = useState<number>()
  const notices = withOtherWays(order.notices)
  const toCustomer = notices.filter((notice) => notice.to === 'customer')
  const news = staffNews(notices.filter((notice) => notice.to !== 'customer'))
  if (order.notices.length === 0) return null
  return (
    <section class="section">
      <h2>Who was told</h2>
      <div class="card">
        {toCustomer.length > 0 && (
          <ul aria-label="The customer">
            {toCustomer.map((notice) => (
              <NoticeLine key={notice.id} notice={notice} title={kindOf(notice)} onOpen={setOpen} />
            ))}
          </ul>
        )}
        {news.map((one) => (
          <StaffLine
            key={`${one.eventId} ${one.kind}`}
            news={one}
            title={kindOf({ kind: one.kind, handover: order.handover })}
            onOpen={setOpen}
          />
        ))}
      </div>
      {open !== undefined && <NoticeSheet id={open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

interface StaffLineProps {
  news: StaffNews
  title: string
  onOpen: (id: NoticeFate['id']) => void
}

function StaffLine({ news, title, onOpen }: StaffLineProps) {
  return (
    <details class="notices-staff" data-news={news.kind}>
      <summary class={`line notice-${news.is}`}>
        <span class="notice-icon icon-box">
          <Icon name={FATE_ICONS[news.is]} />
        </span>
        <span class="line-words">
          <span class="wrap">{title}</span>
          <span class="small notice-fate">{summaryOf(news)}</span>
        </span>
        <Icon name="next" />
      </summary>
      <ul>
        {news.notices.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} onOpen={onOpen} />
        ))}
      </ul>
    </details>
  )
}

function summaryOf({ kind, told, meant }: StaffNews): string {
  if (kind === 'staff_settled' && meant > 0) return `On ${told} of ${meant} devices`
  return meant === 0 ? 'Staff: not needed any more' : `Staff: ${told} of ${meant} told`
}
