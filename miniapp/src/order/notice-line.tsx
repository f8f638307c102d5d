import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import { Redress, WayBack } from '../notices/redress.tsx'
import { Icon } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { everyMinute, everySecond } from '../time/shop-clock.ts'
import { CHANNEL_ICONS } from './channel-icons.ts'
import { CHANNEL_WORDS, FATE_ICONS, fateOf } from './fate.ts'
import { recipientOf } from './notice-kinds.ts'
import './notice-line.css'

interface NoticeLineProps {
  notice: NoticeFate
  /** Left out, the line says for whom it is. */
  title?: string | undefined
  onOpen: (id: number) => void
}

/** One notice and what became of it, counting down while it waits. */
export function NoticeLine({ notice, title, onOpen }: NoticeLineProps) {
  const settled = notice.state !== 'waiting'
  const fate = fateOf(notice, settled ? everyMinute() : everySecond(), timezone())
  return (
    <li class={`line notice-line notice-${fate.is}`} data-notice={notice.kind} data-fate={fate.is}>
      <span class="notice-icon icon-box">
        <Icon name={FATE_ICONS[fate.is]} />
      </span>
      <button type="button" class="line-words notice-open" onClick={() => onOpen(notice.id)}>
        <span class="notice-title">
          <span class="wrap">{title ?? recipientOf(notice)}</span>
          <span class="notice-channel">
            <Icon name={CHANNEL_ICONS[notice.channel]} size={16} />
            <span class="unseen">by {CHANNEL_WORDS[notice.channel]}</span>
          </span>
        </span>
        <span class="small notice-fate wrap">{fate.words}</span>
        <WayBack notice={notice} />
      </button>
      {notice.state === 'dead' && <Redress notice={notice} />}
    </li>
  )
}
