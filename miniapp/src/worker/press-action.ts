import {
  followUp,
  type NotificationData,
  type Shown,
  type StepCommand,
  type UndoCommand,
} from './notification.ts'

/** The shop's answer to a command; `status` 0 is none. */
export interface Answer {
  status: number
  body: { message?: unknown; version?: unknown; undoUntil?: unknown }
}

export type Post = (path: string, body: unknown, idempotencyKey: string) => Promise<Answer>

interface Pressed {
  tag: string
  /** What the button said. */
  label: string
  data: NotificationData
}

const DONE: Record<string, string> = {
  accept: 'accepted',
  pack: 'being packed',
  dispatch: 'dispatched',
  deliver: 'delivered',
  mark_paid: 'paid',
  cancel: 'cancelled',
}
const UNAUTHORIZED = 401

/** Takes the step that was pressed on a notification. Whatever comes of it, the result is a notification that says so. */
export async function pressStep(step: StepCommand, pressed: Pressed, post: Post): Promise<Shown> {
  const { tag, data, label } = pressed
  const number = step.orderId
  const { status, body } = await post(
    `/api/orders/${number}/steps`,
    { step: step.step, version: step.version },
    step.key,
  )
  if (status !== 200) return failed(status, body, pressed, { action: 'step', title: label })
  const title = `Order #${number} is ${DONE[step.step] ?? 'moved on'}`
  const base = { navigate: data.navigate }
  if (typeof body.version !== 'number' || typeof body.undoUntil !== 'number')
    return followUp(tag, { title }, base)
  const undo = { orderId: number, version: body.version, key: `${step.key}-undo` }
  return followUp(tag, { title }, { ...base, undo }, { action: 'undo', title: 'Undo' })
}

/** Takes back the step that was pressed before. */
export async function pressUndo(undo: UndoCommand, pressed: Pressed, post: Post): Promise<Shown> {
  const { tag, data, label } = pressed
  const { status, body } = await post(`/api/orders/${undo.orderId}/undo`, { version: undo.version }, undo.key)
  if (status !== 200) return failed(status, body, pressed, { action: 'undo', title: label })
  return followUp(tag, { title: `Undone: order #${undo.orderId} is as it was` }, { navigate: data.navigate })
}

function failed(
  status: number,
  body: Answer['body'],
  { tag, data }: Pressed,
  again: { action: 'step' | 'undo'; title: string },
): Shown {
  if (status === 0 || status >= 500) {
    const title = status === 0 ? 'No connection to the shop' : sentenceOf(body)
    return followUp(tag, { title, body: 'Please try again.' }, data, again)
  }
  const { navigate } = data
  if (status === UNAUTHORIZED) {
    return followUp(tag, { title: 'Sign in to the panel to do this', body: 'Tap to open it.' }, { navigate })
  }
  return followUp(tag, { title: sentenceOf(body), body: 'Tap to see the order.' }, { navigate })
}

function sentenceOf({ message }: Answer['body']): string {
  return typeof message === 'string' ? message : 'That did not work'
}
