import type { EventRow } from '../../src/db/events.ts'
import type { Role } from '../../src/db/schema.ts'
import { type Row, WHO_IS_TOLD } from '../who-is-told.ts'

/** A member of staff as the test knows them. */
export interface Colleague {
  id: number
  role: Role
  choices: Map<string, boolean>
  /** Whole hours, UTC; from 22 to 7 spans midnight. */
  quiet: { from: number; to: number } | undefined
  urgentAnyway: boolean
  /** By name. */
  devices: Map<string, number>
}

/** What the test knows of the shop by having done it, without looking. */
export interface Model {
  staff: Map<number, Colleague>
  groups: Set<number>
  /** Customers who gave an address. */
  mail: Set<number>
  /** By order: the customer, whose it is, and whose it was before. */
  orders: Map<number, { customer: number; assigned: number | null; before: number | null }>
}

/** One row that must be there, as text: recipient, kind, silent or not, and when it was to leave. */
export type Expected = string

const HOUR_MS = 3_600_000

const CUSTOMER_KIND: Record<string, string> = {
  placed: 'order_received',
  paid: 'payment_received',
  accepted: 'order_accepted',
  packing: 'order_packing',
  dispatched: 'order_dispatched',
  delivered: 'order_delivered',
  cancelled: 'order_cancelled',
  expired: 'order_expired',
  shop_wrote: 'shop_wrote',
  payment_failed: 'payment_failed',
}

export function line(recipient: string, kind: string, silent: boolean, plannedAt: number): Expected {
  return `${recipient} ${kind} ${silent ? 'silent' : 'loud'} ${plannedAt}`
}

/** Every row the event must have, from the table written by hand; `dueAt` is when what can be undone may leave. */
export function expectedRows(model: Model, event: EventRow, dueAt: number): Expected[] {
  const order = event.order_id === null ? undefined : model.orders.get(event.order_id)
  const rows: Expected[] = []
  const arrived = event.type === 'money_matter' && kindOfMatter(event) === 'charge'
  const kind = arrived ? 'payment_in_review' : CUSTOMER_KIND[event.type]
  if (order && kind) {
    rows.push(line(`telegram:${order.customer}`, kind, false, dueAt))
    if (model.mail.has(order.customer)) rows.push(line(`mail:${order.customer}`, kind, false, dueAt))
  }
  if (event.type === 'device_ended') rows.push(...deviceEnded(model, event))
  const topic = topicRow(event.type)
  if (!topic) return rows
  const by = event.actor_kind === 'staff' ? event.actor_id : null
  for (const one of model.staff.values()) {
    if (one.id !== by) rows.push(...toColleague(one, topic, event, order?.assigned ?? null, dueAt))
  }
  if (topic.groups)
    for (const id of model.groups) rows.push(line(`group:${id}`, kindOf(topic, event), false, dueAt))
  return rows
}

/** What the shop has to decide about: money that came, a refund, or the money of an order that was cancelled. */
export function kindOfMatter(event: EventRow): string {
  return (JSON.parse(event.data) as { kind: string }).kind
}

function topicRow(eventType: string): Row | undefined {
  const type = eventType === 'escalated' ? 'placed' : eventType
  return WHO_IS_TOLD.find((row) => row.events.includes(type))
}

function kindOf(topic: Row, event: EventRow): string {
  if (event.type === 'escalated') return 'staff_reminder'
  return topic.topic === 'new_order' ? 'staff_order' : `staff_${topic.topic}`
}

function toColleague(
  one: Colleague,
  topic: Row,
  event: EventRow,
  assigned: number | null,
  dueAt: number,
): Expected[] {
  const kind = kindOf(topic, event)
  const loud = topic.critical && one.urgentAnyway
  const quietEnd = loud ? undefined : quietEndOf(one, dueAt)
  const rows: Expected[] = []
  if (isTold(one, topic, event, assigned, 'telegram'))
    rows.push(line(`telegram:${one.id}`, kind, quietEnd !== undefined, dueAt))
  if (isTold(one, topic, event, assigned, 'push'))
    for (const id of one.devices.values()) rows.push(line(`device:${id}`, kind, false, quietEnd ?? dueAt))
  return rows
}

function isTold(
  one: Colleague,
  topic: Row,
  event: EventRow,
  assigned: number | null,
  channel: 'telegram' | 'push',
): boolean {
  const letter = channel === 'telegram' ? 'B' : 'P'
  const reach = event.type === 'escalated' ? (JSON.parse(event.data) as { reach: string }).reach : 'told'
  const byRole = topic.others[one.role].includes(letter)
  if (reach === 'role' && byRole && one.role !== 'owner') return true
  if (reach === 'owner' && (byRole || one.role === 'owner')) return true
  const cell = (assigned === one.id ? topic.assigned : topic.others)[one.role]
  return one.choices.get(`${topic.topic}:${channel}`) ?? cell.includes(letter)
}

function quietEndOf({ quiet }: Colleague, at: number): number | undefined {
  if (!quiet) return undefined
  const isQuiet = (time: number) => {
    const hour = new Date(time).getUTCHours()
    return quiet.from < quiet.to
      ? hour >= quiet.from && hour < quiet.to
      : hour >= quiet.from || hour < quiet.to
  }
  if (!isQuiet(at)) return undefined
  let end = at - (at % HOUR_MS) + HOUR_MS
  while (isQuiet(end)) end += HOUR_MS
  return end
}

/** Its owner is told in the chat, and it gets nothing from now on. */
function deviceEnded(model: Model, event: EventRow): Expected[] {
  const { device } = JSON.parse(event.data) as { device: string }
  for (const one of model.staff.values()) {
    if (one.devices.delete(device)) return [line(`telegram:${one.id}`, 'staff_device_ended', false, event.at)]
  }
  return []
}
