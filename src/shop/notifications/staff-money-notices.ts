import { type EventRow, findDecision, newestEventOfType } from '../../db/events.ts'
import { findEntry, type LedgerRow } from '../../db/ledger.ts'
import { formatMoney } from '../../lib/money.ts'
import { refundActions } from '../payments/change-refund.ts'
import { matterOptions } from '../payments/matter-options.ts'
import { undecidedOf } from '../payments/refundable.ts'
import { type EventFacts, isAboutOrder, type NoticeFacts } from './facts.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { clockTime, paragraph } from './words.ts'

/** Money that waits for somebody, with what can be done about it now, or who did; null once there is nothing to do. */
export function moneyMatter(facts: EventFacts): NoticeMessage | null {
  const { data, say, event } = facts
  const decided = decisionOf(facts)
  const actions = decided || !mayDecide(facts) ? [] : actionsOf(facts)
  const isOver = !decided && data.trouble !== 'given_back' && isWithdrawn(facts)
  if (isOver) return null
  const path = event.order_id === null ? '/more/money' : `/orders/${event.order_id}`
  const panel: NoticeButton = { label: say('button-panel'), action: 'open_panel', path }
  const reason = data.trouble === 'refund_failed' && String(data.reason ?? '')
  const html = paragraph(
    headline(facts),
    reason && say('staff_quote', { words: reason }),
    decided && decidedLine(facts, decided),
  )
  return {
    html,
    buttons: [...actions.map((action) => [action]), ...claimLink(facts), [panel]],
    silent: false,
  }
}

/** The link by which the money is claimed, where somebody has to pass it on. */
function claimLink(facts: EventFacts): NoticeButton[][] {
  const entry = facts.data.trouble === 'refund_pass_on' && mayDecide(facts) ? entryOf(facts) : undefined
  if (entry?.state !== 'offered' || !entry.link) return []
  return [[{ label: facts.say('button-claim-link'), action: 'open_link', url: entry.link }]]
}

function headline(facts: EventFacts): string {
  const { data, say, event } = facts
  const trouble = String(data.trouble)
  const args = { number: String(event.order_id ?? ''), amount: matterAmount(facts) }
  if (trouble === 'refund_by_hand' || trouble === 'given_back') {
    const id = event.order_id === null ? `staff_${trouble}-no-order` : `staff_${trouble}`
    return say(id, { ...args, way: { html: wayOf(facts) } })
  }
  return say('staff_money_matter', { ...args, trouble: { html: say(`trouble-${trouble}`, args) } })
}

/** By which way the money came, and is to go back. */
function wayOf(facts: EventFacts): string {
  return facts.say(`way-${entryOf(facts)?.provider ?? 'cash'}`)
}

/** Somebody who was told before their role changed decides nothing any more. */
function mayDecide({ reader }: EventFacts): boolean {
  return reader.role === 'owner' || reader.role === 'manager'
}

function actionsOf(facts: EventFacts): NoticeButton[] {
  const entry = entryOf(facts)
  if (entry?.kind === 'refund') return refundButtons(facts, entry)
  return entry ? matterButtons(facts, entry) : orderButtons(facts)
}

function matterButtons({ db, providers, say }: EventFacts, entry: LedgerRow): NoticeButton[] {
  const options = matterOptions(db, providers, entry).filter(
    // Which order it is for is said in the panel.
    (option) => option !== 'apply' || entry.order_id !== null,
  )
  return options.map((option) => ({
    label: say(`button-matter-${option}`),
    action: 'settle_matter',
    entryId: entry.id,
    decision: option === 'reopen' ? 'apply' : option,
  }))
}

function refundButtons({ providers, say }: EventFacts, entry: LedgerRow): NoticeButton[] {
  return refundActions({ providers }, entry).flatMap((action) =>
    action === 'call_off' ? [] : { label: say(`button-${action}`), action, entryId: entry.id },
  )
}

function orderButtons(facts: EventFacts): NoticeButton[] {
  if (!isAboutOrder(facts)) return []
  const { order, say } = facts
  return (['refund', 'keep'] as const).map((decision) => ({
    label: say(`button-matter-${decision}`),
    action: 'settle_order',
    orderId: order.id,
    decision,
  }))
}

/** Whether it needs nobody any more though nobody decided: the step that began it was undone. */
function isWithdrawn(facts: EventFacts): boolean {
  const entry = entryOf(facts)
  if (entry?.kind === 'refund') return entry.state === 'void'
  return !entry && isAboutOrder(facts) && undecidedOf(facts.db, facts.order) === 0
}

function decisionOf(facts: EventFacts): EventRow | undefined {
  const { db, event } = facts
  const entry = entryOf(facts)
  if (!entry) return isAboutOrder(facts) ? orderDecision(facts) : undefined
  const after = event.id
  const found = findDecision(db, { orderId: event.order_id, entryId: entry.id, after })
  // Money that nobody knew an order for is decided about as that order's.
  return found ?? findDecision(db, { orderId: entry.order_id, entryId: entry.id, after })
}

function orderDecision({ db, event, order }: NoticeFacts): EventRow | undefined {
  return ['money_kept', 'refund_started']
    .flatMap((type) => newestEventOfType(db, { orderId: order.id, type }) ?? [])
    .find((one) => one.id > event.id)
}

function decidedLine(facts: EventFacts, decided: EventRow): string {
  const { decision } = JSON.parse(decided.data) as { decision?: string }
  const what = decided.type === 'matter_settled' ? `decided-${decision}` : `decided-${decided.type}`
  const args = { who: decided.actor_name, time: clockTime(facts, decided.at) }
  return facts.say('staff_money_matter-settled', { ...args, what: { html: facts.say(what) } })
}

function entryOf({ db, data }: EventFacts): LedgerRow | undefined {
  return data.entryId === undefined ? undefined : findEntry(db, Number(data.entryId))
}

/** The amount that the event is about: of its own, or of its row of the ledger; empty where it is about none. */
export function matterAmount(facts: EventFacts): string {
  const { data, reader, currency } = facts
  if (data.amountMinor !== undefined) {
    const of = isAboutOrder(facts) ? facts.order.currency : currency
    return formatMoney(Number(data.amountMinor), of, reader.language)
  }
  const entry = entryOf(facts)
  return entry ? formatMoney(entry.amount_minor, entry.currency, reader.language) : ''
}
