import { onTestFinished } from 'vitest'
import { removeChoice, saveChoice } from '../../src/db/audience.ts'
import { endDevice } from '../../src/db/devices.ts'
import type { EventRow } from '../../src/db/events.ts'
import { listOrders } from '../../src/db/order-lists.ts'
import { findOrder } from '../../src/db/orders.ts'
import type { PersonRow } from '../../src/db/people.ts'
import { listNoticesOfEvent, listNoticesOfOrder } from '../../src/db/proof.ts'
import type { Role } from '../../src/db/schema.ts'
import { listStaffGroupsOfChat } from '../../src/db/staff-groups.ts'
import { sql } from '../../src/db/statement.ts'
import { ShopError } from '../../src/lib/shop-error.ts'
import { setEmail } from '../../src/shop/customers/set-email.ts'
import { chaseOrders } from '../../src/shop/escalation/chase-orders.ts'
import { planForStaff, planNotices } from '../../src/shop/notifications/plan.ts'
import { askRefund } from '../../src/shop/orders/ask-refund.ts'
import { assignOrder } from '../../src/shop/orders/assign-order.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import { allowedSteps } from '../../src/shop/orders/machine.ts'
import { placeOrder } from '../../src/shop/orders/place-order.ts'
import { reviewOrder } from '../../src/shop/orders/review-order.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { undoStep } from '../../src/shop/orders/undo-step.ts'
import { writeMessage } from '../../src/shop/orders/write-message.ts'
import { sendProof } from '../../src/shop/payments/send-proof.ts'
import { recordEvent } from '../../src/shop/record-event.ts'
import { dismissStaff } from '../../src/shop/staff/dismiss-staff.ts'
import { toggleGroup } from '../../src/shop/staff/staff-groups.ts'
import { type Actor, SYSTEM } from '../../src/shop/work.ts'
import {
  existing,
  givenCheckout,
  givenDevice,
  givenPerson,
  givenShop,
  givenStaff,
  givenVariant,
  givenWishes,
  type TestShop,
} from '../given.ts'
import { WHO_IS_TOLD } from '../who-is-told.ts'
import { type Colleague, expectedRows, kindOfMatter, line, type Model } from './coverage-model.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
const ROLES: Role[] = ['owner', 'manager', 'packer']
const QUIET = [undefined, undefined, { from: 22, to: 7 }, { from: 8, to: 12 }, { from: 0, to: 9 }]

/** A shop whose every event is compared with the model as soon as it is committed. */
export interface CoverageWorld {
  shop: TestShop
  random: Random
  model: Model
  faults: string[]
  /** Alerts that were dropped when their order moved on; an undo takes them up again. */
  dropped: Set<number>
  /** What happened at least once: moves, and types of events. */
  done: Set<string>
  customers: PersonRow[]
  variants: number[]
  actors: Map<number, Actor & { id: number }>
  last?: { id: number; version: number }
}

export function givenCoverageWorld(random: Random): CoverageWorld {
  const shop = givenShop()
  const model: Model = { staff: new Map(), groups: new Set(), mail: new Set(), orders: new Map() }
  const world: CoverageWorld = {
    shop,
    random,
    model,
    faults: [],
    dropped: new Set(),
    done: new Set(),
    customers: ['Ana', 'Bo', 'Cy'].map((name) => givenPerson(shop, name)),
    variants: [givenVariant(shop, 5), givenVariant(shop, 500), givenVariant(shop, 500)],
    actors: new Map(),
  }
  for (const role of [...ROLES, ...ROLES]) hire(world, role)
  onTestFinished(
    shop.listen((change) => {
      if (change.kind === 'events') for (const event of change.events) compare(world, event)
    }),
  )
  return world
}

function hire(world: CoverageWorld, role: Role): void {
  const actor = givenStaff(world.shop, role, `${role} ${world.actors.size}`)
  world.actors.set(actor.id, actor)
  const one = { id: actor.id, role, choices: new Map(), quiet: undefined, urgentAnyway: false }
  world.model.staff.set(actor.id, { ...one, devices: new Map() })
}

/** What a cancellation leaves to decide about its money is told when it cannot be undone any more. */
function matterDueAt(event: EventRow, undoUntil: number | null | undefined, now: number): number {
  const isOfCancel = event.type === 'money_matter' && kindOfMatter(event) !== 'charge'
  return isOfCancel && undoUntil ? Math.max(undoUntil, now) : now
}

/** Looks whether the event has exactly the rows it must have. */
function compare(world: CoverageWorld, event: EventRow): void {
  const { shop, model, faults, done } = world
  done.add(event.type)
  const order = event.order_id === null ? undefined : findOrder(shop.db, event.order_id)
  follow(world, event, order?.person_id)
  const now = shop.clock.now()
  const isStep = event.actor_kind === 'staff' && event.from_fulfilment !== null && event.type !== 'undone'
  const dueAt = isStep ? now + shop.settings.undoGraceMs : matterDueAt(event, order?.undo_until, now)
  const expected = expectedRows(model, event, dueAt)
  if (event.order_id !== null && order)
    expected.push(...settled(world, event, event.order_id, dueAt, expected))
  const rows = listNoticesOfEvent(shop.db, event.id, 1_000)
  const found = rows.map((row) => line(row.recipient, row.kind, row.silent === 1, row.planned_at))
  if (JSON.stringify(expected.sort()) !== JSON.stringify(found.sort()))
    faults.push(`${event.type} ${event.id}: expected ${expected.join('; ')} but found ${found.join('; ')}`)
  for (const row of rows)
    if (
      row.recipient.split(':')[0] !==
      { telegram: row.group_id ? 'group' : 'telegram', push: 'device', mail: 'mail' }[row.channel]
    )
      faults.push(`${row.recipient} is told by ${row.channel}`)
  if (event.order_id !== null)
    for (const row of listNoticesOfOrder(shop.db, event.order_id, 10_000))
      if (row.state === 'dropped') world.dropped.add(row.id)
  if (event.type === 'undone') checkUndone(world, event)
}

/** Whose the order is after this event. */
function follow({ model, actors }: CoverageWorld, event: EventRow, customer = 0): void {
  if (event.order_id === null) return
  const order = model.orders.get(event.order_id) ?? { customer, assigned: null, before: null }
  model.orders.set(event.order_id, order)
  const data = JSON.parse(event.data) as { undid?: string; to?: string }
  if (event.type === 'accepted') Object.assign(order, { before: order.assigned, assigned: event.actor_id })
  if (event.type === 'undone' && data.undid === 'accepted') order.assigned = order.before
  if (event.type === 'assigned')
    order.assigned = [...actors.values()].find((one) => one.name === data.to)?.id ?? null
}

/** When an order is accepted or gone, a device that was alerted of it learns that nobody needs to hurry any more. */
function settled(
  world: CoverageWorld,
  event: EventRow,
  orderId: number,
  dueAt: number,
  others: string[],
): string[] {
  const { shop, model } = world
  if (!['accepted', 'cancelled', 'expired'].includes(event.type)) return []
  const live = new Set([...model.staff.values()].flatMap((one) => [...one.devices.values()]))
  const told = new Set(others.map((text) => text.split(' ')[0]))
  const alerted = listNoticesOfOrder(shop.db, orderId, 10_000)
    .filter((row) => row.device_id !== null && live.has(row.device_id) && row.event_id !== event.id)
    .filter((row) => ['sending', 'sent'].includes(row.state) && !told.has(row.recipient))
  return [...new Set(alerted.map((row) => row.recipient))].map((to) => line(to, 'staff_settled', true, dueAt))
}

function checkUndone({ shop, faults }: CoverageWorld, event: EventRow): void {
  const { undid } = JSON.parse(event.data) as { undid: string }
  const query = sql
    .selectFrom('events')
    .select('id')
    .where('order_id', '=', event.order_id)
    .where('type', '=', undid)
    .where('id', '<', event.id)
    .orderBy('id', 'desc')
  const { id } = existing(shop.db.first(query))
  for (const row of listNoticesOfEvent(shop.db, id, 1_000)) {
    if (row.state !== 'undone') faults.push(`${undid} ${id} was undone, but ${row.recipient} is ${row.state}`)
  }
}

function colleague({ model, random }: CoverageWorld): Colleague {
  return random.pick([...model.staff.values()])
}

function actorOf(world: CoverageWorld): Actor & { id: number } {
  return existing(world.actors.get(colleague(world).id))
}

function anOrder({ shop, random }: CoverageWorld): { orderId: number; version: number } {
  const { id, version } = random.pick(listOrders(shop.db, { limit: 12 }))
  return { orderId: id, version }
}

function customerOf({ shop }: CoverageWorld, orderId: number) {
  const { person_id: id } = existing(findOrder(shop.db, orderId))
  return { kind: 'customer', id, name: 'Ana', source: 'chat' } as const
}

/** Everything that can happen, besides notices leaving. */
export const MOVES: Record<string, (world: CoverageWorld) => unknown> = {
  place: ({ shop, random, customers, variants }) => {
    const command = givenCheckout(shop, {
      person: random.pick(customers),
      variantId: random.pick(variants),
      quantity: random.between(1, 2),
      payment: random.pick(['cash_on_delivery', 'bank_transfer']),
    })
    shop.write((work) => placeOrder(work, command))
  },
  step: (world) => {
    const actor = actorOf(world)
    const { orderId, version } = anOrder(world)
    const steps = allowedSteps(existing(findOrder(world.shop.db, orderId)), actor)
    // Cancelled orders live no longer.
    const usual = steps.filter((name) => name !== 'cancel' || world.random.chance(0.1))
    if (usual.length === 0) return
    const said = { noTracking: true, money: world.random.pick(['refund', 'keep', 'later'] as const) }
    const command = { orderId, version, step: random(world, usual), actor, ...said }
    world.last = world.shop.write((work) => takeStep(work, command))
  },
  cancel: (world) => {
    const person = world.random.pick(world.customers)
    const actor: Actor = { kind: 'customer', id: person.id, name: person.name, source: 'chat' }
    world.shop.write((work) => takeStep(work, { ...anOrder(world), step: 'cancel', actor }))
  },
  undo: (world) => {
    const { last } = world
    if (!last) return
    const actor = actorOf(world)
    world.shop.write((work) => undoStep(work, { orderId: last.id, version: last.version, actor }))
  },
  expire: ({ shop, random }) => {
    if (random.chance(0.15)) shop.clock.advance(49 * HOUR_MS)
    expireOrders(shop)
  },
  chase: ({ shop }) => void chaseOrders(shop),
  review: (world) => {
    const { orderId } = anOrder(world)
    const actor = customerOf(world, orderId)
    const rating = world.random.between(1, 5)
    world.shop.write((work) => reviewOrder(work, { actor, orderId, rating }))
  },
  assign: (world) => {
    const { orderId } = anOrder(world)
    const [actor, personId] = [actorOf(world), colleague(world).id]
    world.shop.write((work) => assignOrder(work, { orderId, personId, actor }))
  },
  write: (world) => {
    const { orderId } = anOrder(world)
    const actor = world.random.chance(0.5) ? actorOf(world) : customerOf(world, orderId)
    world.shop.write((work) => writeMessage(work, { orderId, words: 'Hello', actor }))
  },
  askRefund: (world) => {
    const { orderId } = anOrder(world)
    const actor = customerOf(world, orderId)
    world.shop.write((work) => askRefund(work, { orderId, words: 'It broke', actor }))
  },
  sendProof: (world) => {
    const { orderId } = anOrder(world)
    const receipt = { file: 'receipt.pdf', kind: 'pdf', uniqueId: 'u' } as const
    const actor = customerOf(world, orderId)
    world.shop.write((work) => sendProof(work, { ...receipt, orderId, actor }))
  },
  failPayment: (world) => {
    const type = 'payment_failed'
    const { orderId } = anOrder(world)
    // Ways to pay that fail are played elsewhere; here is only who is told.
    world.shop.write((work) => {
      const id = recordEvent(work, { type, actor: SYSTEM, orderId })
      planNotices(work, { type, actor: SYSTEM, id }, existing(findOrder(work.tx, orderId)), work.now)
    })
  },
  shopNews: (world) => {
    const type = random(world, ['backup_failed', 'shop_trouble'])
    world.shop.write((work) => {
      const id = recordEvent(work, { type, actor: SYSTEM, orderId: null })
      planForStaff(work, { type, actor: SYSTEM, id })
    })
  },
  choose: (world) => {
    const one = colleague(world)
    const topic = random(world, WHO_IS_TOLD).topic
    const channel = random(world, ['telegram', 'push'] as const)
    const choice = { personId: one.id, topic, channel }
    const wanted = world.random.pick([true, false, undefined])
    world.shop.db.write((tx) => {
      if (wanted === undefined) removeChoice(tx, choice)
      else saveChoice(tx, { ...choice, wanted: wanted ? 1 : 0 })
    })
    if (wanted === undefined) one.choices.delete(`${topic}:${channel}`)
    else one.choices.set(`${topic}:${channel}`, wanted)
  },
  wish: (world) => {
    const one = colleague(world)
    const quiet = world.random.pick(QUIET)
    const urgentAnyway = world.random.chance(0.5)
    Object.assign(one, { quiet, urgentAnyway })
    const hour = (number: number) => `${String(number).padStart(2, '0')}:00`
    const text = quiet && { quiet: `${hour(quiet.from)}-${hour(quiet.to)}` }
    givenWishes(world.shop, one.id, { ...text, urgentAnyway })
  },
  device: (world) => {
    const { shop } = world
    const one = colleague(world)
    const [name, id] = world.random.pick([...one.devices]) ?? []
    if (id !== undefined && name !== undefined && world.random.chance(0.4)) {
      shop.db.write((tx) => endDevice(tx, { id, reason: 'removed', now: shop.clock.now() }))
      one.devices.delete(name)
    } else if (one.devices.size < 3) {
      const added = givenDevice(shop, one.id)
      const named = `device ${added}`
      shop.db.write((tx) =>
        tx.run({ sql: 'update devices set name = ? where id = ?', values: [named, added] }),
      )
      one.devices.set(named, added)
    }
  },
  group: (world) => {
    const chatId = world.random.pick([-100, -200])
    const actor = existing([...world.actors.values()].find((one) => one.role === 'owner'))
    const before = world.shop.db.first(
      sql.selectFrom('staff_groups').select('id').where('chat_id', '=', chatId),
    )
    world.shop.write((work) => toggleGroup(work, { chatId, threadId: 0, title: `group ${chatId}` }, actor))
    const [now] = listStaffGroupsOfChat(world.shop.db, chatId)
    if (now) world.model.groups.add(now.id)
    else if (before) world.model.groups.delete(before.id)
  },
  staff: (world) => {
    const { model, shop, actors } = world
    if (model.staff.size < 5) return hire(world, random(world, ROLES))
    const actor = existing([...actors.values()].find((one) => one.role === 'owner'))
    const { id } = colleague(world)
    if (id === actor.id) return
    shop.write((work) => dismissStaff(work, { personId: id, actor }))
    model.staff.delete(id)
  },
  mail: ({ shop, random, customers, model }) => {
    const { id } = random.pick(customers)
    const email = random.chance(0.6) ? `c${id}@example.com` : null
    shop.write((work) => setEmail(work, { personId: id, email }))
    if (email) model.mail.add(id)
    else model.mail.delete(id)
  },
  wait: ({ shop, random }) =>
    shop.clock.advance(random.pick([1_000, 6_000, 60_000, 5 * 60_000, HOUR_MS, 5 * HOUR_MS])),
}

function random<T>({ random }: CoverageWorld, from: readonly T[]): T {
  return random.pick(from)
}

/** Does one thing; a refusal is an answer. */
export function move(world: CoverageWorld, name: string): void {
  try {
    MOVES[name]?.(world)
    world.done.add(name)
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
  }
}
