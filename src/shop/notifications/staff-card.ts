import { findEscalation } from '../../db/escalations.ts'
import { type EventRow, findLastChange, newestEventOfType } from '../../db/events.ts'
import { findPerson } from '../../db/people.ts'
import { mayUndo, STEPS, type StepName } from '../orders/machine.ts'
import { stateWord, wordFor } from '../orders/progress.ts'
import { stepsOf } from '../orders/steps-of.ts'
import { moneyOf } from '../payments/order-money.ts'
import { dueOf } from '../payments/payment-state.ts'
import { paymentWord } from '../payments/payment-word.ts'
import type { NoticeFacts } from './facts.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { clockTime, itemLines, money, orderPriceLines, paragraph } from './words.ts'

/** The order as staff see it in the chat, with the steps it can take next; drawn again whenever anybody acts. */
export function staffCard(facts: NoticeFacts): NoticeMessage {
  const { order, say, customer, reader } = facts
  const undoUntil = order.undo_until ?? 0
  const last = findLastChange(facts.db, order.id)
  const undoable = undoUntil > facts.now && mayUndo(last, { kind: 'staff', role: reader.role })
  const html = say('staff_order', {
    items: { html: itemLines(facts, false) },
    state: { html: standing(facts, last) },
    number: String(order.id),
    total: money(facts, order.total_minor),
    customer: customer.username ? `${order.customer_name} @${customer.username}` : order.customer_name,
    delivery: order.delivery_method,
    payment: say(paymentWord(facts.db, order)),
  })
  return {
    html: paragraph(html, ...details(facts)),
    buttons: orderButtons(facts, undoable),
    silent: false,
    ...(undoable && { redrawAt: undoUntil }),
  }
}

/** The usual next step alone, where a thumb finds it; what is rarely wanted comes last. */
export function orderButtons(facts: NoticeFacts, undoable = false): NoticeButton[][] {
  const { order, say, reader } = facts
  const { id: orderId, version } = order
  const steps = stepsOf(facts.db, order, { kind: 'staff', role: reader.role }).map(
    (step): NoticeButton => ({ label: stepLabel(facts, step), action: 'step', orderId, version, step }),
  )
  const cancel = steps.filter((button) => button.action === 'step' && button.step === 'cancel')
  const [main, ...others] = steps.filter((button) => !cancel.includes(button))
  const undo: NoticeButton[] = undoable ? [{ label: say('step-undo'), action: 'undo', orderId, version }] : []
  return [main ? [main] : [], [...undo, ...others], [...cancel, openPanel(facts)]].filter(
    (row) => row.length > 0,
  )
}

/** Opens the order in the panel. */
export function openPanel(facts: NoticeFacts): NoticeButton {
  return { label: facts.say('button-panel'), action: 'open_panel', path: `/orders/${facts.order.id}` }
}

/** What a step is called on a button; fetching an order oneself has words of its own. */
export function stepLabel(facts: NoticeFacts, step: StepName): string {
  return facts.say(wordFor(`step-${step}`, facts.order))
}

function details(facts: NoticeFacts): (string | undefined | null)[] {
  const { order, say } = facts
  const assignee = order.assigned_to === null ? undefined : findPerson(facts.db, order.assigned_to)
  const { above, below } = orderPriceLines(facts)
  return [
    ...above,
    ...below,
    assignee && say('staff_order-assignee', { who: assignee.name }),
    snoozeLine(facts),
    moneyLine(facts),
    order.address && say('staff_order-address', { address: order.address }),
    order.phone && say('staff_order-phone', { phone: order.phone }),
    order.note && say('staff_order-note', { note: order.note }),
    order.tracking_number && say('staff_order-tracking', { tracking: order.tracking_number }),
    order.needs_review && say('staff_order-review', { reason: order.needs_review }),
  ]
}

/** What is still to be paid, where somebody could take the rest for granted. */
function moneyLine(facts: NoticeFacts): string | undefined {
  const { order, say } = facts
  const due = dueOf(moneyOf(order))
  const args = { arrived: money(facts, order.charged_minor), due: money(facts, due) }
  if (due === 0 || order.fulfilment === 'cancelled') return undefined
  if (order.payment === 'due_on_delivery' && order.fulfilment === 'delivered')
    return say('staff_order-not-collected', args)
  return order.charged_minor > 0 ? say('staff_order-part-paid', args) : undefined
}

/** Who wanted to be reminded later, so that nobody waits for the others. */
function snoozeLine(facts: NoticeFacts): string | undefined {
  const { db, order, say, now } = facts
  const until = findEscalation(db, order.id)?.snoozed_until ?? 0
  if (until <= now) return undefined
  const who = newestEventOfType(db, { orderId: order.id, type: 'snoozed' })?.actor_name ?? ''
  return say('staff_order-snoozed', { who, time: clockTime(facts, until) })
}

/** How the order stands, and who brought it there. */
function standing(facts: NoticeFacts, last: EventRow | undefined): string {
  const { order, texts, reader, say } = facts
  const state = stateWord(texts, reader.language, order)
  if (!last) return state
  const isNamed = last.type === 'paid' || last.type === 'undone'
  const by = isNamed ? last : (stepThither(facts) ?? last)
  const how = isNamed ? `staff_order-by-${last.type}` : 'staff_order-by'
  return say(how, { state, who: by.actor_name, time: clockTime(facts, by.at) })
}

/** The step itself: who decides about an order's money later is not who cancelled it. */
function stepThither({ db, order }: NoticeFacts): EventRow | undefined {
  const [newest] = Object.values(STEPS)
    .filter(({ fulfilment }) => fulfilment === order.fulfilment)
    .flatMap(({ event }) => newestEventOfType(db, { orderId: order.id, type: event }) ?? [])
    .sort((a, b) => b.id - a.id)
  return newest
}
