import { signal } from '@preact/signals'
import type { OrderDetail, StepBody } from '../../../src/http/contract/order.ts'
import { Refusal } from '../api/http.ts'
import { sendStep, sendUndo } from '../api/orders.ts'
import { sentenceOf } from '../api/request.ts'
import { liveState, refreshCounters } from '../live/live.ts'
import { hideSnack, say, show } from '../parts/snack.ts'
import { haptic } from '../telegram/telegram.ts'
import { shopNow } from '../time/shop-clock.ts'
import { loadOrder, showOrder } from './open-order.ts'

export type Step = OrderDetail['steps'][number]['step']

/** The step that is on its way to the shop: while there is one, no second press counts. */
export const stepping = signal<Step | undefined>(undefined)

/** True for a moment after a step, when the next one's button has just come to lie under the thumb. */
export const resting = signal(false)
const REST_MS = 500

const DONE: Record<Step, string> = {
  accept: 'accepted',
  pack: 'is being packed',
  dispatch: 'dispatched',
  deliver: 'delivered',
  mark_paid: 'marked as paid',
  cancel: 'cancelled',
}

const DONE_OTHERWISE: Partial<Record<OrderDetail['handover'], Partial<Record<Step, string>>>> = {
  pickup: { dispatch: 'is ready for pickup', deliver: 'picked up' },
  digital: { dispatch: 'sent' },
}

export interface StepRefused {
  message: string
  field: string | undefined
}

/** Takes a step with an order. Answers what stood in the way, or undefined when it is done. */
export async function takeStep(
  order: OrderDetail,
  body: Omit<StepBody, 'version'>,
): Promise<StepRefused | undefined> {
  if (stepping.peek() || resting.peek()) return undefined
  stepping.value = body.step
  try {
    const after = await sendStep(order.number, { ...body, version: order.version })
    showOrder(after)
    haptic('success')
    rest()
    offerUndo(after, body.step)
    refreshCountersIfDeaf()
    return undefined
  } catch (error) {
    haptic('error')
    if (isConflict(error)) await loadOrder(order.number)
    return { message: sentenceOf(error), field: error instanceof Refusal ? error.problem.field : undefined }
  } finally {
    stepping.value = undefined
  }
}

/** Takes the last step back, if the customer has not been told yet. */
export async function undoOrder(number: number, version: number): Promise<void> {
  try {
    showOrder(await sendUndo(number, version))
    haptic('light')
    hideSnack()
    say(`#${number}: taken back. Nobody was told.`)
    refreshCountersIfDeaf()
  } catch (error) {
    haptic('error')
    if (isConflict(error)) await loadOrder(number)
    say(sentenceOf(error))
  }
}

function offerUndo(after: OrderDetail, step: Step): void {
  const text = `#${after.number} ${DONE_OTHERWISE[after.handover]?.[step] ?? DONE[step]}`
  const until = after.undoUntil ?? 0
  const left = until - shopNow()
  if (left <= 0) say(text)
  else show({ text, undo: { until, press: () => undoOrder(after.number, after.version) } }, left)
}

// The second tap of a double tap must not be the next step.
function rest(): void {
  resting.value = true
  setTimeout(() => {
    resting.value = false
  }, REST_MS)
}

// With the line up the new counts come by themselves.
function refreshCountersIfDeaf(): void {
  if (liveState.peek() !== 'live') refreshCounters().catch(() => {})
}

function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.status === 409
}
