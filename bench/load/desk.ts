import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import type { OrderDetail, StepBody } from '../../src/http/contract/order.ts'
import type { Api } from './api.ts'
import type { OrderWish } from './schedule.ts'

const PATIENCE = { timeout: 60_000 }
const TRACKING = 'RR123456785PT'

/** A packer who works in the chat: one order at a time, as the bot asks one question at a time. */
export interface ChatDesk {
  person: PersonDriver
  personId: number
  /** Resolves when all that was begun before is done. */
  free: Promise<unknown>
}

export interface Desk {
  /** The manager at the panel. */
  manager: Api
  /** A packer at the panel. */
  packer: Api
  /** Takes as long as a step takes a person. */
  work(): Promise<void>
}

/** Looks at the receipt of a transfer and says that the money is here. */
export async function approveReceipt({ manager, work }: Desk, orderId: number): Promise<void> {
  await work()
  const { money } = await manager.get<OrderDetail>(`/orders/${orderId}`)
  const proof = money.proofs.find(({ state }) => state === 'waiting')
  if (!proof) throw new Error(`order ${orderId} has no receipt that waits`)
  const path = `/orders/${orderId}/proofs/${proof.id}`
  await manager.get(`${path}/file`)
  await manager.post(`${path}/approve`, { amountMinor: money.dueMinor })
}

export async function answerCustomer({ manager, work }: Desk, orderId: number): Promise<void> {
  await work()
  const words = 'Of course, we told the courier.'
  await manager.post(`/orders/${orderId}/messages`, { words }, `answer-${orderId}`)
}

/** Takes an order through all its steps in the panel. */
export async function workInPanel({ packer, work }: Desk, orderId: number, wish: OrderWish): Promise<void> {
  const courier = !wish.pickup && wish.way !== 'stars'
  const steps = [
    { step: 'accept' },
    { step: 'pack' },
    { step: 'dispatch', ...(courier && { trackingNumber: TRACKING }) },
    { step: 'deliver' },
  ] satisfies Omit<StepBody, 'version'>[]
  for (const body of steps) {
    await work()
    await takeStep(packer, orderId, body)
  }
}

/** Takes an order through all its steps with the buttons on its card. */
export function workInChat(desk: Desk, chat: ChatDesk, orderId: number): Promise<void> {
  const done = chat.free.then(() => pressThrough(desk, chat, orderId))
  chat.free = done.catch(() => undefined)
  return done
}

async function pressThrough({ manager, work }: Desk, { person, personId }: ChatDesk, orderId: number) {
  await manager.put(`/orders/${orderId}/assignee`, { personId })
  const card = await person.sees(new RegExp(`order #${orderId}\\b`), PATIENCE)
  const onCard = { ...PATIENCE, messageId: card.id }
  for (const label of [
    /^Accept$/,
    /^Start packing$/,
    /^(Dispatch|Ready for pickup|Mark sent)$/,
    /^Mark (delivered|picked up)$/,
  ]) {
    await work()
    const since = person.mark()
    const { text } = await person.press(label, onCard)
    if (text) continue
    await person.sees(/Tracking number for/, { ...PATIENCE, since })
    await person.send(TRACKING)
    await person.sees(new RegExp(`Order #${orderId} is dispatched`), { ...PATIENCE, since })
  }
}

/** Says that what was due on delivery has been collected. */
export async function collect({ manager, work }: Desk, orderId: number): Promise<void> {
  await work()
  await takeStep(manager, orderId, { step: 'mark_paid' })
}

async function takeStep(api: Api, orderId: number, body: Omit<StepBody, 'version'>): Promise<void> {
  const { version } = await api.get<OrderDetail>(`/orders/${orderId}`)
  await api.post(`/orders/${orderId}/steps`, { ...body, version }, `${body.step}-${orderId}`)
}
