import { beforeEach, describe, expect, it } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff, step, type TestShop } from '../../../../tests/given.ts'
import { countDifferences, findLastCheck, findUnfinishedCheck, listDifferences } from '../../../db/books.ts'
import { listEventsAfter } from '../../../db/events.ts'
import { addEntry, listEntriesOfOrder, listMoneyMatters, type NewEntry } from '../../../db/ledger.ts'
import { setOrderSums } from '../../../db/orders.ts'
import { addPaymentRequest, findPaymentRequest } from '../../../db/payment-requests.ts'
import { sql } from '../../../db/statement.ts'
import { takeStep } from '../../orders/take-step.ts'
import { askAside } from '../../reports/ask-aside.ts'
import type { PaymentProvider, ProviderEntry } from '../provider.ts'
import { takeCharge } from '../store-charge.ts'
import { askForCheck, type Compared, checkBooks } from './check-books.ts'
import { settleDifference } from './settle-difference.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A provider that says what the test tells it to. */
function givenBooks() {
  const theirs: ProviderEntry[] = []
  const faults: Error[] = []
  const asked: number[] = []
  const btcpay: PaymentProvider = {
    kind: 'btcpay',
    ledger: 'btcpay',
    windowMs: HOUR_MS,
    online: {
      kind: 'btcpay',
      quote: (_db, amountMinor, currency) => ({ amountMinor, currency }),
      listsRefunds: true,
      async list(since) {
        asked.push(since)
        const [fault] = faults
        if (fault) throw fault
        return theirs.filter(({ at }) => at >= since)
      },
    },
  }
  const shop = givenShop({ undoGraceMs: 0 }, { online: [btcpay] })
  shop.db.write((tx) => tx.run(sql.updateTable('payment_methods').set({ active: 1 })))
  const staff = givenStaff(shop)
  return { shop, staff, theirs, faults, asked }
}

let books: ReturnType<typeof givenBooks>
beforeEach(() => {
  books = givenBooks()
})

/** Checks as the button does, and returns the kinds of what differs. */
async function check(): Promise<string[]> {
  books.shop.clock.advance(1000)
  books.shop.write((work) => askForCheck(work))
  await checkBooks(books.shop)
  return kinds(books.shop)
}

function kinds({ db }: TestShop): string[] {
  return listDifferences(db, 100).map(({ kind }) => kind)
}

function alerts({ db }: TestShop): unknown[] {
  return listEventsAfter(db, 0, 1000)
    .filter(({ type }) => type === 'books_differ')
    .map(({ data }) => JSON.parse(data))
}

function givenPaid() {
  const { shop, staff } = books
  return step(shop, staff, givenOrder(shop, { payment: 'bank_transfer' }), 'mark_paid')
}

/** Writes into the ledger past every rule. */
function enter(wish: Partial<NewEntry>): number {
  const { shop } = books
  const now = shop.clock.now()
  const entry: NewEntry = {
    kind: 'charge',
    provider: 'btcpay',
    reference: `ref-${Math.random()}`,
    chargeId: null,
    orderId: null,
    personId: null,
    amountMinor: 2990,
    currency: 'EUR',
    orderMinor: 2990,
    state: 'kept',
    reason: null,
    raw: '{}',
    at: now,
    now,
    checkAt: null,
    ...wish,
  }
  return existing(shop.db.write((tx) => addEntry(tx, entry)))
}

function set(table: 'orders' | 'ledger' | 'payment_proofs', id: number, values: Record<string, unknown>) {
  books.shop.db.write((tx) => tx.run(sql.updateTable(table).set(values).where('id', '=', id)))
}

describe('inside the shop', () => {
  it('finds nothing where everything fits, and says what it compared', async () => {
    givenPaid()
    expect(await check()).toEqual([])
    const compared = JSON.parse(existing(findLastCheck(books.shop.db)).figures) as Compared[]
    expect(compared).toEqual([
      { source: 'inside', rows: 1, trouble: null },
      { source: 'btcpay', rows: 0, trouble: null },
    ])
    expect(alerts(books.shop)).toEqual([])
  })

  it('finds an order whose sums are not those of its ledger', async () => {
    const { id } = givenPaid()
    books.shop.db.write((tx) => setOrderSums(tx, { id, charged: 3000, refunded: 0, waived: 0 }))
    expect(await check()).toEqual(['sums'])
    expect(listDifferences(books.shop.db, 1)[0]).toMatchObject({
      order_id: id,
      words: `Order #${id} says €30.00 paid and €0.00 given back, the ledger says €29.90 and €0.00.`,
    })
  })

  it('finds a payment state that does not follow from the ledger', async () => {
    set('orders', givenPaid().id, { payment: 'pending' })
    expect(await check()).toEqual(['payment_state'])
  })

  it('finds an order that goes out without its money', async () => {
    const { id } = givenOrder(books.shop, { payment: 'bank_transfer' })
    set('orders', id, { fulfilment: 'packing' })
    expect(await check()).toEqual(['order_without_money'])
  })

  it('finds cash that nobody has collected three days after the delivery', async () => {
    const { shop, staff } = books
    const order = givenOrder(shop, { payment: 'cash_on_delivery' })
    step(shop, staff, order, 'accept', 'pack', 'dispatch', 'deliver')
    shop.clock.advance(3 * DAY_MS - HOUR_MS)
    expect(await check()).toEqual([])
    shop.clock.advance(HOUR_MS)
    expect(await check()).toEqual(['cash_not_collected'])
  })

  it('finds more given back than had come in, of an order and of a charge', async () => {
    const { id } = givenPaid()
    const [charge] = listEntriesOfOrder(books.shop.db, id)
    const refund = {
      kind: 'refund',
      provider: 'transfer',
      chargeId: existing(charge).id,
      state: 'done',
    } as const
    enter({ ...refund, orderId: id, amountMinor: 3000, orderMinor: 3000 })
    books.shop.db.write((tx) => setOrderSums(tx, { id, charged: 2990, refunded: 3000, waived: 0 }))
    set('orders', id, { payment: 'refunded' })
    expect(await check()).toEqual(['refund_above', 'refund_above'])
  })

  it('finds money that was forgotten on a cancelled order, and a surplus nobody was asked about', async () => {
    const { shop } = books
    const [first, second, kept] = [givenPaid(), givenPaid(), givenPaid()]
    set('orders', first.id, { fulfilment: 'cancelled' })
    enter({ orderId: second.id, amountMinor: 700, orderMinor: 700, provider: 'cash', state: 'applied' })
    shop.db.write((tx) => setOrderSums(tx, { id: second.id, charged: 3690, refunded: 0, waived: 0 }))
    const { version } = kept
    const said = { step: 'cancel', reason: 'Sold out', money: 'keep', actor: books.staff } as const
    shop.write((work) => takeStep(work, { orderId: kept.id, version, ...said }))
    expect(await check()).toEqual([])
    shop.clock.advance(DAY_MS)
    expect(await check()).toEqual(['money_forgotten', 'money_forgotten'])
  })

  it('finds a receipt that was approved without any money', async () => {
    const { id } = givenOrder(books.shop, { payment: 'bank_transfer' })
    const sent = {
      order_id: id,
      file: 'x',
      kind: 'photo',
      unique_id: 'x',
      state: 'approved',
      sent_at: 0,
    } as const
    books.shop.db.write((tx) => tx.run(sql.insertInto('payment_proofs').values(sent)))
    expect(await check()).toEqual(['proof_without_charge'])
  })

  it('finds a charge that was stored and never applied, once it is not just about to be', async () => {
    const at = books.shop.clock.now() - DAY_MS
    books.theirs.push({
      kind: 'charge',
      reference: 'R',
      amountMinor: 2990,
      currency: 'EUR',
      at,
      orderId: null,
    })
    enter({ reference: 'R', state: 'received', at })
    expect(await check()).toEqual([])
    books.shop.clock.advance(5 * 60_000)
    expect(await check()).toEqual(['not_applied'])
  })

  it('finds money that has waited for a decision for a day, and a refund nobody has paid for three', async () => {
    const { shop } = books
    const { id } = givenPaid()
    const [charge] = listEntriesOfOrder(shop.db, id)
    enter({ kind: 'refund', provider: 'cash', chargeId: existing(charge).id, orderId: id, state: 'by_hand' })
    const given = { provider: 'transfer', personId: null, amountMinor: 500, currency: 'EUR' } as const
    const charged = { ...given, reference: 'lost', orderId: 999_999, orderMinor: 500, raw: '{}' }
    takeCharge(shop, { ...charged, at: shop.clock.now() })
    expect(await check()).toEqual([])
    shop.clock.advance(DAY_MS)
    expect(await check()).toEqual(['money_without_order'])
    shop.clock.advance(2 * DAY_MS)
    expect(await check()).toEqual(['money_without_order', 'refund_waits'])
  })
})

describe('against a provider', () => {
  function paidThere(reference: string, more: Partial<ProviderEntry> = {}): void {
    const at = books.shop.clock.now()
    books.theirs.push({
      kind: 'charge',
      reference,
      amountMinor: 2990,
      currency: 'EUR',
      at,
      orderId: null,
      ...more,
    })
  }

  it('finds a payment that never reached the shop, and names what it was for', async () => {
    const { id } = givenPaid()
    paidThere('inv-1', { orderId: id })
    paidThere('inv-2', { orderId: 999_999 })
    expect(await check()).toEqual([])
    books.shop.clock.advance(HOUR_MS)
    expect(await check()).toEqual(['only_theirs', 'only_theirs'])
    const [known, unknown] = listDifferences(books.shop.db, 2)
    expect(known).toMatchObject({ order_id: id, provider: 'btcpay' })
    expect(unknown).toMatchObject({ order_id: null })
    expect(known?.words).toBe(
      `The payment inv-1 of €29.90 (it names order #${id}) is known to the provider, but not in the ledger.`,
    )
  })

  it('finds what the provider does not know, and leaves alone what may only be on its way', async () => {
    enter({ reference: 'inv-1' })
    expect(await check()).toEqual([])
    books.shop.clock.advance(HOUR_MS)
    expect(await check()).toEqual(['only_ours'])
    paidThere('inv-1')
    expect(await check()).toEqual([])
  })

  it('finds an amount and a currency that differ', async () => {
    for (const reference of ['inv-1', 'inv-2', 'inv-3']) enter({ reference })
    paidThere('inv-1', { amountMinor: 299 })
    paidThere('inv-2', { currency: 'USD' })
    paidThere('inv-3')
    expect(await check()).toEqual([])
    books.shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual(['amount_differs', 'amount_differs'])
  })

  it('adds up what came in parts', async () => {
    enter({ reference: 'inv-1', amountMinor: 1000 })
    enter({ reference: 'inv-1:2990', amountMinor: 1990 })
    enter({ reference: 'inv-12', amountMinor: 2990 })
    paidThere('inv-1')
    paidThere('inv-12')
    books.shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual([])
  })

  it('looks at refunds likewise: by their own name, or by that of the charge', async () => {
    const at = books.shop.clock.now()
    const one = enter({ reference: 'inv-1', amountMinor: 3000 })
    const other = enter({ reference: 'inv-2' })
    paidThere('inv-1', { amountMinor: 3000 })
    paidThere('inv-2')
    enter({ kind: 'refund', chargeId: one, reference: 'pull-1', state: 'done', at })
    enter({ kind: 'refund', chargeId: other, reference: 'ours-only', state: 'done', at })
    paidThere('pull-1', { kind: 'refund' })
    paidThere('inv-2', { kind: 'refund' })
    books.shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual([])
    enter({ kind: 'refund', chargeId: one, reference: 'refund:by-hand', state: 'done', at, amountMinor: 1 })
    enter({ kind: 'refund', chargeId: one, reference: 'pull-3', state: 'offered', at, amountMinor: 1 })
    paidThere('pull-9', { kind: 'refund', at })
    expect(await check()).toEqual(['only_theirs'])
  })

  it('finds that a provider gave back, too, what somebody had paid back by hand', async () => {
    const at = books.shop.clock.now()
    const charge = enter({ reference: 'inv-1' })
    paidThere('inv-1')
    enter({ kind: 'refund', chargeId: charge, reference: 'refund:by-hand', state: 'done', at })
    books.shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual([])
    paidThere('inv-1', { kind: 'refund', at })
    expect(await check()).toEqual(['only_theirs'])
  })

  it('says that a provider could not be asked, and takes nothing of it as mended', async () => {
    enter({ reference: 'inv-1' })
    books.shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual(['only_ours'])
    books.faults.push(new Error('connect ECONNREFUSED'))
    expect(await check()).toEqual(['only_ours'])
    const compared = JSON.parse(existing(findLastCheck(books.shop.db)).figures) as Compared[]
    expect(compared[1]).toEqual({
      source: 'btcpay',
      rows: null,
      trouble: 'connect ECONNREFUSED',
    })
  })

  it('tells the owner, once a day, of a provider that could not be asked twice running', async () => {
    const told = () =>
      listEventsAfter(books.shop.db, 0, 1000).flatMap(({ type, data }) =>
        type === 'shop_trouble' ? [JSON.parse(data)] : [],
      )
    books.faults.push(new Error('BTCPay Server refused (403).'))
    await check()
    expect(told()).toEqual([])
    for (let i = 0; i < 3; i++) await check()
    const reason =
      'The books could not be compared with BTCPay Server, twice running: BTCPay Server refused (403).'
    expect(told()).toEqual([{ reason, path: '/more/money' }])
    books.shop.clock.advance(DAY_MS)
    await check()
    expect(told()).toHaveLength(2)
    books.faults.pop()
    await check()
    books.faults.push(new Error('too busy'))
    books.shop.clock.advance(DAY_MS)
    await check()
    expect(told()).toHaveLength(2)
  })

  it('keeps a lost payment in sight for as long as nobody has settled it', async () => {
    paidThere('inv-1')
    books.shop.clock.advance(30 * DAY_MS)
    expect(await check()).toEqual(['only_theirs'])
    books.shop.clock.advance(60 * DAY_MS)
    expect(await check()).toEqual(['only_theirs'])
  })

  it('has the provider asked again about a request of whose payment nothing was heard', async () => {
    const { shop } = books
    const { id: orderId } = givenOrder(shop, { payment: 'bank_transfer' })
    const made = { provider: 'btcpay', reference: 'inv-1', amountMinor: 2990, currency: 'EUR' } as const
    const over = { state: 'over', checkAt: null, expiresAt: 0, orderMinor: 2990, now: 0 } as const
    const request = shop.db.write((tx) => addPaymentRequest(tx, { ...made, ...over, orderId }))
    paidThere('inv-1', { orderId })
    shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual(['only_theirs'])
    expect(findPaymentRequest(shop.db, request)?.check_at).toBe(shop.clock.now())
  })

  it('takes in what was paid inside Telegram and never heard of, unless it has gone back since', async () => {
    const { shop } = books
    paidThere('one', { paid: { payload: 'o1-nobody', by: 1 } })
    paidThere('other', { paid: { payload: 'o1-nobody', by: 1 } })
    paidThere('other', { kind: 'refund' })
    shop.clock.advance(2 * HOUR_MS)
    for (let i = 0; i < 2; i++) await check()
    expect(listMoneyMatters(shop.db, 10)).toMatchObject([{ reference: 'one', trouble: 'unknown_order' }])
  })

  it('compares many entries in pages', async () => {
    const at = books.shop.clock.now()
    for (let i = 0; i < 450; i++) {
      enter({ reference: `inv-${i}`, at: at + (i % 7) })
      if (i !== 321) paidThere(`inv-${i}`, { at: at + (i % 7) })
    }
    books.shop.clock.advance(2 * HOUR_MS)
    expect(await check()).toEqual(['only_ours'])
  })
})

describe('what was found', () => {
  it('is alerted once, goes away when mended, and is new when it comes again', async () => {
    const { shop } = books
    const { id } = givenPaid()
    for (let i = 0; i < 2; i++) {
      set('orders', id, { payment: 'pending' })
      expect(await check()).toEqual(['payment_state'])
      expect(await check()).toEqual(['payment_state'])
      expect(alerts(shop)).toHaveLength(i + 1)
      set('orders', id, { payment: 'paid' })
      expect(await check()).toEqual([])
    }
    expect(alerts(shop)).toEqual([{ count: 1 }, { count: 1 }])
  })

  it('is left alone once somebody has settled it, and settled once', async () => {
    const { shop, staff: actor } = books
    set('orders', givenPaid().id, { payment: 'pending' })
    await check()
    const { id } = existing(listDifferences(shop.db, 1)[0])
    shop.write((work) => settleDifference(work, { id, actor }))
    expect(() => shop.write((work) => settleDifference(work, { id, actor }))).toThrow('settled already')
    expect(() => shop.write((work) => settleDifference(work, { id: 999, actor }))).toThrow(
      'no such difference',
    )
    expect(await check()).toEqual([])
    expect(alerts(shop)).toHaveLength(1)
  })

  it('is told to the owner by the bot', async () => {
    const { shop, staff } = books
    set('orders', givenPaid().id, { payment: 'pending' })
    await check()
    const told = shop.db.all(
      sql.selectFrom('notices').select(['kind', 'person_id']).where('kind', '=', 'staff_books_differ'),
    )
    expect(told).toContainEqual({ kind: 'staff_books_differ', person_id: staff.id })
  })
})

describe('when it is checked', () => {
  it('once a day after four in the morning, also when that hour was missed', async () => {
    const { shop, asked } = books
    givenPaid()
    await checkBooks(shop)
    shop.clock.advance(2 * DAY_MS - (shop.clock.now() % DAY_MS) + 4 * HOUR_MS - 1)
    await checkBooks(shop)
    expect(asked).toHaveLength(0)
    shop.clock.advance(1)
    for (let i = 0; i < 3; i++) await checkBooks(shop)
    expect(asked).toHaveLength(1)
    shop.clock.advance(2 * DAY_MS + 9 * HOUR_MS)
    for (let i = 0; i < 3; i++) await checkBooks(shop)
    expect(asked).toHaveLength(2)
  })

  it('a check that was cut short is done again, and what it finds is alerted then', async () => {
    const { shop } = books
    set('orders', givenPaid().id, { payment: 'pending' })
    shop.write((work) => askForCheck(work))
    const stopping = new AbortController()
    const cut = checkBooks(shop, stopping.signal)
    stopping.abort()
    await cut
    expect(findUnfinishedCheck(shop.db)).toBeDefined()
    expect(alerts(shop)).toEqual([])
    await checkBooks(shop)
    expect(findUnfinishedCheck(shop.db)).toBeUndefined()
    expect(alerts(shop)).toEqual([{ count: 1 }])
  })

  it('a check that cannot be done says so instead of trying for ever', async () => {
    const { shop } = books
    shop.write((work) => askForCheck(work))
    const broken = { ...shop, providers: undefined as unknown as TestShop['providers'] }
    await expect(checkBooks(broken)).rejects.toThrow()
    expect(findUnfinishedCheck(shop.db)).toBeUndefined()
    expect(existing(findLastCheck(shop.db)).figures).toContain('the check itself failed')
  })
})

it('finds an offer to a customer that no refund knows of, however new it is', async () => {
  const { id } = givenPaid()
  const [charge] = listEntriesOfOrder(books.shop.db, id)
  const refund = { kind: 'refund', chargeId: existing(charge).id, orderId: id } as const
  const failed = enter({ ...refund, state: 'failed', amountMinor: 500 })
  const asked = enter({ ...refund, state: 'wanted', amountMinor: 600, checkAt: Number.MAX_SAFE_INTEGER })
  for (const [offerOf, amountMinor] of [
    [failed, 500],
    [asked, 600],
  ] as const) {
    const at = books.shop.clock.now() + 1000
    const reference = `pull-${offerOf}`
    books.theirs.push({ kind: 'refund', reference, amountMinor, currency: 'EUR', at, orderId: null, offerOf })
  }
  expect(await check()).toEqual(['only_theirs'])
})

it('keeps what it finds page by page, as memory could not hold a difference for each order of a large shop', async () => {
  const { shop } = books
  const orders = 450
  const { id, stage, ...order } = givenOrder(shop, { payment: 'cash_on_delivery' })
  set('orders', id, { payment: 'pending' })
  shop.write((work) => {
    for (let i = 1; i < orders; i++) {
      const alike = { ...order, payment: 'pending', checkout_key: `alike-${i}` } as const
      work.tx.run(sql.insertInto('orders').values(alike))
    }
    askForCheck(work)
  })
  const stopping = new AbortController()
  const found = () => countDifferences(shop.db)
  const endsSoon: TestShop = {
    ...shop,
    write(fn) {
      const written = shop.write(fn)
      if (found() > 0) stopping.abort()
      return written
    },
  }
  await checkBooks(endsSoon, stopping.signal)
  expect(found()).toBe(200)
  await checkBooks(shop)
  expect(found()).toBe(orders)
  expect(alerts(shop)).toEqual([{ count: orders }])
})

it('waits for its turn while others read as much as may be read at once', async () => {
  const { shop } = books
  const reads = Array.from({ length: 8 }, () => askAside(shop.db, 'lookInside', { now: shop.clock.now() }))
  await Promise.all(reads.map((read) => read.next()))
  shop.write((work) => askForCheck(work))
  expect(await checkBooks(shop)).toBe(0)
  expect(findUnfinishedCheck(shop.db)).toBeDefined()
  await Promise.all(reads.map((read) => read.return()))
  await checkBooks(shop)
  expect(findUnfinishedCheck(shop.db)).toBeUndefined()
})
