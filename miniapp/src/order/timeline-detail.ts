import type { OrderDetail, TimelineEvent } from '../../../src/http/contract/order.ts'
import { PROVIDERS, troubleOf } from '../money/ledger-words.ts'
import { formatMoney } from '../money/money.ts'
import { CHANNEL_WORDS } from './fate.ts'
import { reasonOf } from './fate-reasons.ts'
import { kindOf } from './notice-kinds.ts'

const REACHES: Record<string, string> = {
  told: 'everybody who is told of new orders',
  role: 'everybody whose work it is',
  owner: 'the owner, too',
}

/** What there is to add to an event: a number, a name, somebody's words. */
export function timelineDetail(
  { type, data }: TimelineEvent,
  { currency, handover }: Pick<OrderDetail, 'currency' | 'handover'>,
): string | undefined {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  switch (type) {
    case 'escalated':
      return `After ${String(data.minutes)} min: ${REACHES[text('reach')] ?? text('reach')}`
    case 'snoozed':
      return `For ${String(data.minutes)} min`
    case 'assigned':
      return text('to') ? `To ${text('to')}` : `No longer to ${text('from')}`
    case 'review_cleared':
      return [text('was'), text('words') && `“${text('words')}”`].filter(Boolean).join(' · ')
    case 'notice_gave_up':
      return `${text('recipient')}, by ${text('channel')}: ${reasonOf(text('reason'))}`
    case 'notice_resent':
      return resent(kindOf({ kind: text('kind'), handover }), text('channel'))
  }
  if (text('trackingNumber')) return `Tracking number ${text('trackingNumber')}`
  const said = text('reason') || text('words')
  return [...moneyWords(data, currency), said && `“${said}”`].filter(Boolean).join(' · ') || undefined
}

const DECISIONS: Record<string, string> = { apply: 'Counted', refund: 'Given back', keep: 'Kept' }

/** How much it was, which way it came or went, and what was decided about it. */
function moneyWords(data: TimelineEvent['data'], currency: string): string[] {
  const { amountMinor, provider, trouble, decision } = data
  const why = typeof trouble === 'string' ? troubleOf({ trouble }) : undefined
  return [
    ...(typeof amountMinor === 'number' ? [formatMoney(amountMinor, currency)] : []),
    ...Object.entries(PROVIDERS).flatMap(([name, word]) => (name === provider ? [word] : [])),
    ...(typeof decision === 'string' ? [DECISIONS[decision] ?? decision] : []),
    ...(why ? [why] : []),
  ]
}

function resent(what: string, channel: string): string {
  const words = Object.entries(CHANNEL_WORDS).find(([name]) => name === channel)?.[1]
  return words ? `${what}, by ${words}` : what
}
