import { type Customer, pay, placeOrder, writeToShop } from './customer.ts'
import {
  answerCustomer,
  approveReceipt,
  type ChatDesk,
  collect,
  type Desk,
  workInChat,
  workInPanel,
} from './desk.ts'
import type { OrderWish } from './schedule.ts'
import { MAREK, OLGA, PACKERS, TEAM } from './team.ts'

/** An order that was lived from the customer's first press to its delivery, and who had to hear what of it. */
export interface OrderLife {
  orderId: number
  customer: number
  /** Kinds of notices that have to be in the customer's chat, each once. */
  told: string[]
  /** How many devices have to ring, by kind of push. */
  rung: Record<string, number>
}

export interface World extends Desk {
  chats: ChatDesk[]
  receiptFor(orderId: number): Buffer
}

const devicesOf = (members: { devices: number }[]) => members.reduce((sum, { devices }) => sum + devices, 0)
const EVERYBODY = devicesOf(TEAM)
const DESK = devicesOf([OLGA, MAREK])
/** Whoever did it is not told of it. */
const BUT_MAREK = EVERYBODY - MAREK.devices

/** Lives one order through: from the door to the delivery. `onPlaced` is called in between. */
export async function liveOrder(
  world: World,
  customer: Customer,
  wish: OrderWish,
  onPlaced: () => void,
): Promise<OrderLife> {
  const orderId = await placeOrder(customer, wish)
  onPlaced()
  await pay(customer, orderId, wish.way, world.receiptFor(orderId))
  if (wish.writes) {
    await writeToShop(customer, orderId)
    await answerCustomer(world, orderId)
  }
  if (wish.way === 'transfer') await approveReceipt(world, orderId)
  const chat = world.chats[orderId % world.chats.length]
  if (wish.desk === 'chat' && chat) await workInChat(world, chat, orderId)
  else await workInPanel(world, orderId, wish)
  if (wish.way === 'cash') await collect(world, orderId)
  return { orderId, customer: customer.person.id, told: toldOf(wish), rung: rungFor(wish) }
}

function toldOf({ way, writes }: OrderWish): string[] {
  return [
    'order_received',
    ...(way === 'card' || way === 'stars' ? ['payment_request'] : []),
    'payment_received',
    ...(writes ? ['shop_wrote'] : []),
    'order_accepted',
    'order_packing',
    'order_dispatched',
    'order_delivered',
  ]
}

function rungFor({ way, writes, desk }: OrderWish): Record<string, number> {
  const [packer] = PACKERS
  return {
    staff_order: EVERYBODY,
    staff_payment_received: way === 'cash' || way === 'transfer' ? BUT_MAREK : EVERYBODY,
    ...(way === 'transfer' && { staff_payment_proof: DESK }),
    ...(writes && { staff_customer_wrote: DESK }),
    ...(desk === 'chat' && { staff_order_assigned: packer?.devices ?? 0 }),
  }
}
