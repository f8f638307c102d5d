import { type EventRow, findLastChange } from '../../db/events.ts'
import { allowedSteps, mayUndo, type StepName } from '../orders/machine.ts'
import { isPickup, stateWord } from '../orders/progress.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { clockTime, itemLines, money, type NoticeFacts, paragraph } from './words.ts'

/** What each notice says to a member of staff. */
export const staffNotices: Record<string, (facts: NoticeFacts) => NoticeMessage> = {
  staff_order: orderCard,
  staff_cancelled: (facts) => ({
    html: facts.say('staff_cancelled', {
      number: String(facts.order.id),
      customer: facts.order.customer_name,
      total: money(facts, facts.order.total_minor),
    }),
    buttons: [[{ label: facts.say('button-panel'), action: 'open_panel', orderId: facts.order.id }]],
    silent: false,
  }),
}

function orderCard(facts: NoticeFacts): NoticeMessage {
  const { order, say, customer, reader } = facts
  const undoUntil = order.undo_until ?? 0
  const last = findLastChange(facts.db, order.id)
  const undoable = undoUntil > facts.now && mayUndo(last?.type ?? '', { kind: 'staff', role: reader.role })
  const html = say('staff_order', {
    items: { html: itemLines(facts, false) },
    state: { html: standing(facts, last) },
    number: String(order.id),
    total: money(facts, order.total_minor),
    customer: customer.username ? `${order.customer_name} @${customer.username}` : order.customer_name,
    delivery: order.delivery_method,
    payment: say(`payment-${order.payment}`),
  })
  return {
    html: paragraph(html, ...details(facts)),
    buttons: buttons(facts, undoable),
    silent: false,
    ...(undoable && { redrawAt: undoUntil }),
  }
}

function details(facts: NoticeFacts): (string | null)[] {
  const { order, say } = facts
  return [
    order.address && say('staff_order-address', { address: order.address }),
    order.phone && say('staff_order-phone', { phone: order.phone }),
    order.note && say('staff_order-note', { note: order.note }),
    order.tracking_number && say('staff_order-tracking', { tracking: order.tracking_number }),
    order.needs_review && say('staff_order-review', { reason: order.needs_review }),
  ]
}

/** How the order stands, and who brought it there. */
function standing(facts: NoticeFacts, last: EventRow | undefined): string {
  const { order, texts, reader, say } = facts
  const state = stateWord(texts, reader.language, order)
  if (!last) return state
  const how =
    last.type === 'paid' || last.type === 'undone' ? `staff_order-by-${last.type}` : 'staff_order-by'
  return say(how, { state, who: last.actor_name, time: clockTime(facts, last.at) })
}

/** The usual next step alone, where a thumb finds it; what is rarely wanted comes last. */
function buttons(facts: NoticeFacts, undoable: boolean): NoticeButton[][] {
  const { order, say, reader } = facts
  const { id: orderId, version } = order
  const steps = allowedSteps(order, { kind: 'staff', role: reader.role }).map(
    (step): NoticeButton => ({ label: stepLabel(facts, step), action: 'step', orderId, version, step }),
  )
  const cancel = steps.filter((button) => button.action === 'step' && button.step === 'cancel')
  const [main, ...others] = steps.filter((button) => !cancel.includes(button))
  const undo: NoticeButton[] = undoable ? [{ label: say('step-undo'), action: 'undo', orderId, version }] : []
  const panel: NoticeButton = { label: say('button-panel'), action: 'open_panel', orderId }
  return [main ? [main] : [], [...undo, ...others], [...cancel, panel]].filter((row) => row.length > 0)
}

/** What a step is called on a button; fetching an order oneself has words of its own. */
function stepLabel(facts: NoticeFacts, step: StepName): string {
  const pickup = isPickup(facts.order) && (step === 'dispatch' || step === 'deliver')
  return facts.say(pickup ? `step-${step}-pickup` : `step-${step}`)
}
