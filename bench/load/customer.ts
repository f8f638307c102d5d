import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import type { KnownCustomer } from './fill-load-shop.ts'
import type { OrderWish, Way } from './schedule.ts'

/** How long somebody waits before they would give up; what is late is measured, not cut off. */
const PATIENCE = { timeout: 60_000 }
const PAY_BY: Record<Way, RegExp> = {
  cash: /^Cash or card/,
  transfer: /^Bank transfer/,
  card: /^Card, here/,
  stars: /^Telegram Stars/,
}

export interface Customer {
  person: PersonDriver
  known: KnownCustomer
  /** Looks at the screen for a while. */
  think(): Promise<void>
}

/** Walks from the door to a placed order, as customers do; returns its number. */
export async function placeOrder(customer: Customer, wish: OrderWish): Promise<number> {
  const { person } = customer
  await enter(customer)
  for (const [i, { shelf, title, quantity }] of wish.goods.entries()) {
    await tap(customer, i === 0 ? /Shop$/ : /Back$/)
    if (i > 0) await tap(customer, /Back$/)
    await tap(customer, shelf)
    // Long titles are cut off on a button.
    await tap(customer, new RegExp(`^${title.slice(0, 10)}`))
    if (quantity === 2) await tap(customer, '+')
    await tap(customer, new RegExp(`^Add ${quantity} `))
  }
  for (const label of [/Cart ·/, /^Check out/]) await tap(customer, label)
  if (wish.way !== 'stars') await sayWhereTo(customer, wish)
  for (const label of [/^No note/, PAY_BY[wish.way], /Place order/]) await tap(customer, label)
  const card = await person.sees(/^Order #(\d+)\n/, PATIENCE)
  return Number(/#(\d+)/.exec(card.text ?? '')?.[1])
}

async function sayWhereTo(customer: Customer, { pickup, typesAnew }: OrderWish): Promise<void> {
  const { address, phone } = customer.known
  await tap(customer, pickup ? /^Pickup/ : /^Courier/)
  if (!pickup) {
    if (typesAnew) await write(customer, 'Rua Nova 1, Lisbon', /What is your phone/)
    else await tap(customer, address.split('\n')[0] ?? '')
  }
  if (typesAnew) await write(customer, '+351 912 345 678', /Anything we should know/)
  else await tap(customer, phone)
}

/** Pays what is to be paid before the shop begins, and waits for the shop's thanks where it comes by itself. */
export async function pay(
  { person, think }: Customer,
  orderId: number,
  way: Way,
  receipt: Buffer,
): Promise<void> {
  if (way === 'cash') return
  if (way === 'transfer') {
    await think()
    await person.sendPhoto(receipt)
    await person.sees(/We have your receipt/, PATIENCE)
    return
  }
  const invoice = await person.sees(new RegExp(`^Order #${orderId}$`), PATIENCE)
  await think()
  const { status, error } = await person.pay({ messageId: invoice.id })
  if (status !== 'paid') throw new Error(`order ${orderId} was to be paid and was ${status}: ${error}`)
  await person.sees(new RegExp(`We received .* for order #${orderId}\\.`), PATIENCE)
}

/** Tells the shop something about the order. */
export async function writeToShop(customer: Customer, orderId: number): Promise<void> {
  await tap(customer, `Order #${orderId}`)
  await tap(customer, /Write to the shop$/)
  await write(customer, 'Please ring twice, the bell is a quiet one.', /The shop has your message/)
}

/** Comes to look around and leaves. */
export async function lookAround(customer: Customer): Promise<void> {
  await enter(customer)
  await write(customer, 'coffee', /This is what I found/)
  await tap(customer, /^Huila/)
  await tap(customer, /Back$/)
}

async function enter({ person, think }: Customer): Promise<void> {
  const since = person.mark()
  await person.start()
  await person.sees(/Welcome to/, { ...PATIENCE, since })
  await think()
}

async function tap({ person, think }: Customer, label: string | RegExp): Promise<void> {
  await person.press(label, PATIENCE)
  await think()
}

async function write({ person, think }: Customer, words: string, answer: RegExp): Promise<void> {
  const since = person.mark()
  await person.send(words)
  await person.sees(answer, { ...PATIENCE, since })
  await think()
}
