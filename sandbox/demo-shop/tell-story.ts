import { findOrder, type OrderRow } from '../../src/db/orders.ts'
import { setCartQuantity } from '../../src/shop/checkout/cart.ts'
import { answerCheckout, startCheckout } from '../../src/shop/checkout/checkout.ts'
import type { StepName } from '../../src/shop/orders/machine.ts'
import { placeOrder } from '../../src/shop/orders/place-order.ts'
import { reviewOrder } from '../../src/shop/orders/review-order.ts'
import { type StepCommand, takeStep } from '../../src/shop/orders/take-step.ts'
import { undoStep } from '../../src/shop/orders/undo-step.ts'
import { type Actor, SYSTEM, type Work } from '../../src/shop/work.ts'
import { DELIVERY_IDS } from './fill-settings.ts'
import type { DemoCustomer } from './people.ts'
import type { Story } from './stories.ts'
import {
  arrive,
  confirmRefunds,
  FIRST_PART,
  giveLateBack,
  payByCard,
  refundOne,
  sendReceipt,
} from './tell-money.ts'

/** Something that happens to an order, `at` so many minutes after it was placed. */
export interface Scene {
  at: number
  play(work: Work): void
}

export interface Cast {
  customer: DemoCustomer & { id: number }
  owner: Actor
  manager: Actor
  packer: Actor
  variantIds: Map<string, number>
}

const HOUR = 60
const DAY = 24 * HOUR

/** Writes the story as scenes played through the shop's own use cases, in order of time. */
export function tellStory(story: Story, cast: Cast, number: number): Scene[] {
  const scenes: Scene[] = []
  let order: OrderRow | undefined
  const current = (): OrderRow => {
    if (!order) throw new Error('a story begins with an order')
    return order
  }
  const customer: Actor = { kind: 'customer', id: cast.customer.id, name: cast.customer.name, source: 'chat' }
  const { owner, manager, packer } = cast

  function step(at: number, name: StepName, actor: Actor, more: Partial<StepCommand> = {}): void {
    const play = (work: Work) => {
      const { id: orderId, version } = current()
      order = takeStep(work, { orderId, version, step: name, actor, noTracking: true, ...more })
    }
    scenes.push({ at, play })
  }

  function act(at: number, play: (work: Work, order: OrderRow) => void): void {
    scenes.push({
      at,
      play: (work) => {
        play(work, current())
        order = findOrder(work.tx, current().id)
      },
    })
  }

  function undo(at: number, actor: Actor): void {
    const play = (work: Work) => {
      const { id: orderId, version } = current()
      if (work.settings.undoGraceMs > 0) order = undoStep(work, { orderId, version, actor })
    }
    scenes.push({ at, play })
  }

  // Small differences from order to order, so that not everything takes the same time.
  const spread = (number * 37) % 50
  const ends = (...endings: Story['ending'][]) => endings.includes(story.ending)
  function begin(work: Work): void {
    order = place(work, story, cast)
  }
  scenes.push({ at: 0, play: begin })
  if (story.money === 'part paid') {
    act(2 * HOUR, arrive(FIRST_PART, manager))
    act(3 * HOUR, sendReceipt(customer))
  }
  if (ends('unpaid')) return scenes

  if (ends('expired', 'paid late')) step(2 * DAY, 'expire', SYSTEM)
  if (ends('paid late')) step(2 * DAY + 7 * HOUR, 'mark_paid', manager)
  if (ends('paid late') && story.money === 'given back') {
    act(2 * DAY + 9 * HOUR, giveLateBack(owner))
    act(3 * DAY, confirmRefunds(manager))
  }
  if (ends('cancelled by customer'))
    step(40 + spread, 'cancel', customer, { reason: 'Ordered the wrong size, sorry.' })
  if (ends('expired', 'paid late', 'cancelled by customer')) return scenes

  const paidAt = { bank_transfer: HOUR + spread * 2, telegram: 3 }[story.payment as string] ?? 0
  if (story.payment === 'telegram') act(paidAt, payByCard)
  else if (paidAt > 0) step(paidAt, 'mark_paid', number % 3 === 0 ? owner : manager)
  if (ends('cancelled by shop')) {
    step(paidAt + HOUR, 'cancel', owner, { reason: 'Two of the vases cracked in the kiln.', money: 'refund' })
    act(paidAt + DAY, confirmRefunds(owner))
  }
  if (ends('placed', 'cancelled by shop')) return scenes

  const acceptedAt = paidAt + 12 + spread
  const accepter = number % 4 === 0 ? manager : owner
  step(acceptedAt, 'accept', accepter)
  if (story.undone) {
    undo(acceptedAt + 0.04, accepter)
    step(acceptedAt + 25, 'accept', accepter)
  }
  if (story.money === 'paid twice') act(acceptedAt + 40, arrive(undefined, manager))
  if (ends('accepted')) return scenes
  step(acceptedAt + 35 + spread, 'pack', packer)
  if (ends('packing')) return scenes
  const isPickup = story.delivery === 'pickup'
  const trackingNumber = isPickup ? undefined : `CTT${48210377 + number * 9176}PT`
  const sentAt = acceptedAt + 2 * HOUR + spread
  step(sentAt, 'dispatch', packer, trackingNumber ? { trackingNumber, noTracking: false } : {})
  if (ends('dispatched')) return scenes
  const arrivedAt = sentAt + (story.delivery === 'courier' ? 21 * HOUR : 2 * HOUR) + spread
  step(arrivedAt, 'deliver', number % 2 === 0 ? manager : owner)
  if (paidAt === 0) step(arrivedAt + 2, 'mark_paid', manager)
  if (story.money === 'one given back') {
    act(arrivedAt + 20 * HOUR, refundOne(2160, 'One of the mugs arrived chipped.', manager))
  }
  if (story.review)
    scenes.push({ at: arrivedAt + 9 * HOUR, play: (work) => review(work, story, cast, current().id) })
  return scenes
}

function place(work: Work, story: Story, { customer, variantIds }: Cast): OrderRow {
  const personId = customer.id
  for (const [sku, quantity] of story.lines) {
    setCartQuantity(work, { personId, variantId: variantIds.get(sku) ?? 0, quantity })
  }
  startCheckout(work, personId)
  const { key, totalMinor } = answerCheckout(work, personId, {
    deliveryMethodId: DELIVERY_IDS[story.delivery],
    paymentMethod: story.payment,
    address: customer.address,
    phone: customer.phone,
    note: story.note ?? '',
    ...(story.code && { discountCode: story.code }),
  })
  return placeOrder(work, { personId, checkoutKey: key, totalMinor })
}

function review(work: Work, { review: said }: Story, { customer }: Cast, orderId: number): void {
  const [rating = 5, words] = said ?? []
  const actor = { kind: 'customer', id: customer.id, name: customer.name, source: 'chat' } as const
  reviewOrder(work, { actor, orderId, rating, words })
}
