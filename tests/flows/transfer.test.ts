import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { tinyPng } from '../../sandbox/telegram/fixtures.ts'
import { listEvents } from '../../src/db/events.ts'
import { listEntriesOfOrder } from '../../src/db/ledger.ts'
import { findOrder } from '../../src/db/orders.ts'
import { listProofsOfOrder } from '../../src/db/payment-proofs.ts'
import { recountShop } from '../../src/db/seed-check.ts'
import { sql } from '../../src/db/statement.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { voidPayment } from '../../src/shop/payments/void-payment.ts'
import type { Actor } from '../../src/shop/work.ts'
import { existing, givenFolder } from '../given.ts'
import { openTestShop, ordersOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const PHOTO = tinyPng(400, 300)
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nendobj\n')
const MAX: Actor = { kind: 'staff', id: 2, name: 'Max', source: 'panel', role: 'manager' }
const HOUR_MS = 3_600_000

interface Desk {
  chat: TestChat
  ana: PersonDriver
  olga: PersonDriver
  /** Where receipts lie. */
  proofs: string
}

async function openDesk(env: Record<string, string> = {}): Promise<Desk> {
  const folder = givenFolder()
  const chat = await openTestShop({ DATA_DIR: folder, ...env })
  const ana = chat.telegram.person(ANA)
  const olga = chat.staff(901, 'owner')
  await chat.say(olga, '/start')
  await chat.say(ana, '/start')
  return { chat, ana, olga, proofs: join(folder, 'proofs') }
}

/** Ana orders a mug: €19.90, delivery included. */
async function order({ chat, ana }: Desk, pays: 'Bank transfer' | 'Cash' = 'Bank transfer'): Promise<number> {
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const label of ['Cart', 'Check out', 'Courier']) await chat.tap(ana, label)
  await chat.say(ana, 'Rua Nova 1, Lisbon')
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', pays, 'Place order']) await chat.tap(ana, label)
  await chat.pass(10_000)
  return existing(ordersOf(chat.shop, ana).at(-1)).id
}

async function sendPhoto({ chat, ana }: Desk, bytes = PHOTO, caption?: string): Promise<void> {
  await ana.sendPhoto(bytes, caption)
  await chat.settled()
}

async function sendPdf({ chat, ana }: Desk, bytes = PDF, name = 'receipt.pdf'): Promise<void> {
  await ana.sendDocument(bytes, name)
  await chat.settled()
}

/** The notice of a receipt on somebody's phone. */
function receiptOf(person: PersonDriver, id: number) {
  return person.sees(new RegExp(`sent a receipt for order #${id}`))
}

function stateOf({ chat }: Desk, id: number) {
  return existing(findOrder(chat.shop.db, id))
}

async function approve({ chat, olga }: Desk, id: number, amount?: string): Promise<void> {
  await chat.tap(olga, 'The money is here', (await receiptOf(olga, id)).id)
  await (amount ? chat.say(olga, amount) : chat.tap(olga, /^Yes, €/))
  await chat.pass(10_000)
}

test('a photo of the receipt: kept without what the camera wrote, shown to staff, approved in full', async () => {
  const desk = await openDesk()
  const { chat, ana, olga, proofs } = desk
  const id = await order(desk)
  const card = await ana.sees(`Order #${id}`)
  expect(card.text).toContain('Please transfer €19.90 with the reference Order')
  expect(card.text).toMatch(/Please pay by \w{3} \d{1,2}:\d\d [AP]M\. Your goods are set aside until then\./)
  await chat.tap(ana, 'Send transfer receipt', card.id)
  expect(wordsOn(chat.shop, ana)).toContain(`receipt of your transfer for order #${id}`)
  await chat.say(ana, 'here it is')
  expect(wordsOn(chat.shop, ana)).toContain('Please send a photo or a PDF.')
  const photo = await sharp(PHOTO)
    .jpeg()
    .withExif({ IFD0: { Make: 'SecretCam' } })
    .toBuffer()
  await sendPhoto(desk, photo, 'paid <today>')
  expect(wordsOn(chat.shop, ana)).toContain(`We have your receipt for order #${id}`)
  await chat.pass(10_000)
  expect((await ana.sees(/We have your transfer receipt and are checking it/)).text).toContain(
    'Please transfer',
  )

  const [file = ''] = readdirSync(proofs)
  expect(file).toMatch(/^[\w-]{43}\.jpg$/)
  const kept = readFileSync(join(proofs, file))
  expect(kept.includes('SecretCam')).toBe(false)
  expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 400 })

  const notice = await receiptOf(olga, id)
  expect(notice.text).toContain('paid <today>')
  expect(notice.text).toContain('€19.90 is due')
  await chat.tap(olga, 'See the receipt', notice.id)
  expect((await olga.sees(`Receipt for order #${id} of Ana`)).photo).toBeDefined()
  await approve(desk, id)
  expect(wordsOn(chat.shop, olga)).toContain(`€19.90 is noted for order #${id}`)
  expect((await receiptOf(olga, id)).text).toMatch(/Approved by Olga, .*: €19\.90/)
  expect((await receiptOf(olga, id)).buttons.flat()).not.toContain('Reject')
  await ana.sees(`We received €19.90 for order #${id}`)
  expect(stateOf(desk, id)).toMatchObject({ payment: 'paid', charged_minor: 1990 })
  expect(listEntriesOfOrder(chat.shop.db, id)).toMatchObject([
    { provider: 'transfer', reference: expect.stringMatching(/^proof:\d+$/), state: 'applied' },
  ])
})

test('partial amounts add up; what is left is said and copied; too much waits for a decision', async () => {
  const desk = await openDesk()
  const { chat, ana } = desk
  const id = await order(desk)
  await sendPdf(desk)
  await approve(desk, id, '10,00')
  await ana.sees(`€10.00 arrived for order #${id}. €9.90 is still to be paid.`)
  const card = await ana.sees(/€10.00 of €19.90 has arrived/)
  expect(card.text).toContain('Please transfer €9.90')
  const copies = card.keyboard.flat().filter((button) => button.kind === 'copy_text')
  expect(copies.map((button) => button.value)).toEqual([`Order ${id}`, '9.90'])
  await chat.forge(ana, `d:${id}`)
  expect(wordsOn(chat.shop, ana)).toContain('Please transfer €9.90')
  expect(wordsOn(chat.shop, ana)).toContain('Please pay by')

  await sendPhoto(desk)
  await approve(desk, id, 'twelve')
  for (const words of ['5 or 10', '-5', '0', '1,000', '5.005']) {
    await chat.say(desk.olga, words)
    expect(wordsOn(chat.shop, desk.olga)).toContain('Please type an amount such as 54.20.')
  }
  expect(stateOf(desk, id)).toMatchObject({ payment: 'pending', charged_minor: 1000 })
  await chat.say(desk.olga, '€12.00')
  await chat.pass(10_000)
  expect(stateOf(desk, id)).toMatchObject({ payment: 'paid', charged_minor: 2200 })
  await desk.olga.sees(/€2.10 needs a decision: it is more than order/)
  expect(recountShop(chat.shop.db)).toEqual([])
})

test.each([
  ['JPY', '19.90', '5420', '1000', '¥1,000', '¥990'],
  ['KWD', '1,990', '5.420', '1.5', 'KWD 1.500', 'KWD 0.490'],
])(
  'an amount in %s is typed, asked for and told with the decimals it has',
  async (CURRENCY, wrong, example, right, came, rest) => {
    const desk = await openDesk({ CURRENCY })
    const id = await order(desk)
    await sendPdf(desk)
    await approve(desk, id, wrong)
    expect(wordsOn(desk.chat.shop, desk.olga)).toContain(`Please type an amount such as ${example}.`)
    await desk.chat.say(desk.olga, right)
    await desk.chat.pass(10_000)
    const words = (text: string) => text.replaceAll('\u00a0', ' ')
    const told = desk.ana.messages().map(({ text }) => words(text ?? ''))
    expect(told).toContainEqual(
      expect.stringContaining(`${came} arrived for order #${id}. ${rest} is still to be paid.`),
    )
  },
)

test('a rejected receipt says why, and the customer tries again; the same one is noticed', async () => {
  const desk = await openDesk()
  const { chat, ana, olga } = desk
  const id = await order(desk)
  await sendPhoto(desk)
  await chat.tap(olga, 'Reject', (await receiptOf(olga, id)).id)
  await chat.say(olga, 'It is <cut off>.')
  await chat.pass(10_000)
  expect((await receiptOf(olga, id)).text).toMatch(/Rejected by Olga, .*: It is <cut off>\./)
  const told = await ana.sees(`could not accept your receipt for order #${id}`)
  expect(told.text).toContain('It is <cut off>.')
  await chat.tap(ana, 'Send transfer receipt', told.id)
  await sendPhoto(desk)
  expect((await receiptOf(olga, id)).text).toContain(`The same receipt was sent before, for order #${id}`)
  expect(listProofsOfOrder(chat.shop.db, id).map((proof) => proof.state)).toEqual(['rejected', 'waiting'])
})

test('two people decide at once: one does, the other reads who; nobody else may', async () => {
  const desk = await openDesk()
  const { chat, ana, olga } = desk
  const max = chat.staff(902, 'manager', 'Max')
  const pete = chat.staff(903, 'packer', 'Pete')
  for (const person of [max, pete]) await chat.say(person, '/start')
  const id = await order(desk)
  await sendPhoto(desk)
  const notice = await receiptOf(max, id)
  await chat.tap(max, 'The money is here', notice.id)
  await approve(desk, id)
  await chat.tap(max, /^Yes, €/)
  expect(wordsOn(chat.shop, max)).toContain('Olga has approved this receipt already.')
  const [proof] = listProofsOfOrder(chat.shop.db, id)
  expect(await chat.forge(max, `pf:${proof?.id}:reject`)).toContain('Olga has approved')
  for (const decision of ['show', 'approve', 'reject']) {
    expect(await chat.forge(ana, `pf:${proof?.id}:${decision}`)).toContain('for the staff')
  }
  expect(await chat.forge(pete, `pf:${proof?.id}:approve`)).toContain('Only owners and managers')
  await chat.forge(pete, `pa:${proof?.id}:99999`)
  expect(wordsOn(chat.shop, pete)).toContain('Only owners and managers')
  await chat.forge(ana, `pa:${proof?.id}:99999`)
  expect(wordsOn(chat.shop, ana)).toContain('for the staff')
  expect(await chat.forge(olga, 'pf:4242:show')).toContain('cannot find that receipt')
  expect(stateOf(desk, id).charged_minor).toBe(1990)
})

test('what is no receipt is refused with a sentence, and nothing is kept of it', async () => {
  const desk = await openDesk()
  const { chat, ana, proofs } = desk
  await sendPhoto(desk)
  expect(wordsOn(chat.shop, ana)).toContain('no order of yours waits for one')
  const id = await order(desk)
  for (const bytes of [
    Buffer.from('MZ program'),
    Buffer.from('<svg/>'),
    Buffer.from('\xff\xd8\xffno', 'latin1'),
  ]) {
    await sendPdf(desk, bytes, 'receipt.pdf')
    expect(wordsOn(chat.shop, ana)).toContain('I cannot open this file.')
  }
  await sendPdf(desk, Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)]))
  expect(wordsOn(chat.shop, ana)).toContain('at most 20 MB')
  expect(readdirSync(proofs)).toEqual([])
  // It still asks, so that the right file need not be announced.
  await sendPdf(desk)
  expect(listProofsOfOrder(chat.shop.db, id)).toMatchObject([{ kind: 'pdf', state: 'waiting' }])
  expect(readFileSync(join(proofs, readdirSync(proofs)[0] ?? ''))).toEqual(PDF)
})

test('of two orders that wait, the customer says which; a question that was open stays open', async () => {
  const desk = await openDesk()
  const { chat, ana } = desk
  const [first, second] = [await order(desk), await order(desk)]
  await chat.forge(ana, `m:${first}`)
  await sendPhoto(desk)
  const question = await ana.sees('Which order is this receipt for?')
  expect(question.buttons).toEqual([[`#${second} · €19.90`], [`#${first} · €19.90`]])
  await chat.say(ana, 'When does it come?')
  expect(listEvents(chat.shop.db, first).at(-1)?.type).toBe('customer_wrote')
  await chat.tap(ana, `#${first} · €19.90`, question.id)
  expect(listProofsOfOrder(chat.shop.db, first)).toHaveLength(1)
  expect(listProofsOfOrder(chat.shop.db, second)).toHaveLength(0)
  await chat.forge(ana, `m:${second}`)
  await chat.forge(ana, `ps:${second}`)
  await sendPdf(desk)
  expect(listProofsOfOrder(chat.shop.db, second)).toHaveLength(1)
  const eve = chat.telegram.person({ id: 666, firstName: 'Eve', languageCode: 'en' })
  await chat.say(eve, '/start')
  expect(await chat.forge(eve, `ps:${second}`)).toContain('cannot find')
})

/** Waits until handling an update has failed so often; returns what was noted of it. */
async function failed(chat: TestChat, attempts: number): Promise<string> {
  const tried = sql.selectFrom('updates').select('last_error').where('attempts', '=', attempts)
  for (;;) {
    const row = chat.shop.db.first(tried)
    if (row) return row.last_error ?? ''
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('a receipt that cannot be fetched is said, and fetched again by itself', async () => {
  const desk = await openDesk()
  const { chat, ana } = desk
  const id = await order(desk)
  chat.telegram.faults.answerNext({ method: 'getFile', with: 502 })
  await ana.sendPhoto(PHOTO)
  await failed(chat, 1)
  await ana.sees('Your file has not reached me yet')
  await chat.pass(10_000)
  expect(wordsOn(chat.shop, ana)).toContain(`We have your receipt for order #${id}`)
  expect(listProofsOfOrder(chat.shop.db, id)).toHaveLength(1)
})

test('a receipt that never comes is asked for again; its address, which holds the token, is noted nowhere', async () => {
  const desk = await openDesk()
  const { chat, ana } = desk
  const id = await order(desk)
  chat.telegram.faults.answerNext({ method: 'getFile', with: 'cut', count: 7 })
  await ana.sendPhoto(PHOTO)
  for (let attempt = 1; attempt <= 6; attempt++) {
    expect(await failed(chat, attempt)).not.toContain(chat.telegram.token)
    if (attempt < 6) chat.clock.advance(600_000)
  }
  await chat.pass(600_000)
  expect(wordsOn(chat.shop, ana)).toContain('Please send it once more.')
  expect(stateOf(desk, id).fulfilment).toBe('placed')
  await sendPhoto(desk)
  expect(listProofsOfOrder(chat.shop.db, id)).toHaveLength(1)
})

test('a receipt whose update comes twice is one receipt', async () => {
  const desk = await openDesk()
  const { chat, ana, proofs } = desk
  const id = await order(desk)
  chat.telegram.faults.duplicateUpdates(1)
  await sendPhoto(desk)
  // The process ends before the inbox has noted that it is done with it.
  chat.shop.db.write((tx) => tx.run({ sql: 'update updates set done_at = null', values: [] }))
  await chat.restart()
  await chat.settled()
  expect(listProofsOfOrder(chat.shop.db, id)).toHaveLength(1)
  expect(readdirSync(proofs)).toHaveLength(1)
  expect(wordsOn(chat.shop, ana)).toContain('We have your receipt')
})

test('an amount far above what is due is asked back before it counts, for a receipt and without one', async () => {
  const desk = await openDesk()
  const { chat, ana, olga } = desk
  const id = await order(desk)
  const card = await ana.sees(`Order #${id}`)
  await chat.tap(ana, 'Send transfer receipt', card.id)
  await sendPhoto(desk)
  await chat.pass(10_000)
  await approve(desk, id, '1990')
  expect(wordsOn(chat.shop, olga)).toContain(`€1,990.00 for order #${id}, really?`)
  expect(stateOf(desk, id).charged_minor).toBe(0)
  await chat.say(olga, '9,90')
  expect(stateOf(desk, id).charged_minor).toBe(990)

  await chat.pass(10_000)
  await chat.tap(olga, 'Transfer arrived', (await olga.sees(`Order #${id}`)).id)
  await chat.say(olga, '#1042')
  expect(wordsOn(chat.shop, olga)).toContain('Please type an amount')
  await chat.say(olga, '20.01')
  expect(wordsOn(chat.shop, olga)).toContain(`€20.01 for order #${id}, really?`)
  expect(stateOf(desk, id).charged_minor).toBe(990)
  await chat.tap(olga, 'Yes, €20.01')
  expect(stateOf(desk, id)).toMatchObject({ payment: 'paid', charged_minor: 2991 })
  await chat.pass(10_000)
  await ana.sees(`You paid €10.01 more than was to be paid for order #${id}.`)
})

test('an amount typed after the order has moved on is not noted, and staff read so', async () => {
  const desk = await openDesk()
  const { chat, olga } = desk
  const id = await order(desk)
  await chat.tap(olga, 'Transfer arrived', (await olga.sees(`Order #${id}`)).id)
  chat.shop.write((work) => {
    const { version } = stateOf(desk, id)
    takeStep(work, { orderId: id, step: 'mark_paid', version, actor: MAX })
  })
  await chat.say(olga, '15')
  expect(wordsOn(chat.shop, olga)).toContain(`Order #${id} is placed now. Your €15.00 is not noted.`)
  expect(stateOf(desk, id)).toMatchObject({ payment: 'paid', charged_minor: 1990 })
})

test('a receipt after the order has expired is money that waits for a decision', async () => {
  const desk = await openDesk()
  const { chat, ana, olga } = desk
  const id = await order(desk)
  await chat.pass(49 * HOUR_MS)
  expireOrders(chat.shop)
  await chat.settled()
  await ana.sees(`Order #${id} has expired`)
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'I paid: send transfer receipt')
  await sendPhoto(desk)
  await approve(desk, id)
  expect(stateOf(desk, id)).toMatchObject({ fulfilment: 'cancelled', payment: 'expired', charged_minor: 0 })
  await olga.sees(new RegExp(`€19.90 needs a decision: order #${id} had expired`))
  await ana.sees(/, whose time to pay was over\. The shop looks at it/)
})

test('cash: the packer who hands over says that it is collected; until then it is said plainly', async () => {
  const desk = await openDesk()
  const { chat, olga } = desk
  const pete = chat.staff(903, 'packer', 'Pete')
  await chat.say(pete, '/start')
  const id = await order(desk, 'Cash')
  const card = await pete.sees(`Order #${id}`)
  expect(card.buttons.flat()).not.toContain('Payment collected')
  expect(await chat.forge(pete, `s:${id}:1:mark_paid`)).toContain('Your role')
  for (const label of ['Accept', 'Start packing', 'Dispatch']) {
    await chat.tap(pete, label, card.id)
    await chat.pass(10_000)
  }
  await chat.tap(pete, 'No tracking number')
  await chat.pass(10_000)
  expect(await chat.tap(pete, 'Mark delivered', card.id)).toContain('€19.90 is not collected yet')
  await chat.pass(10_000)
  expect((await olga.sees(`Order #${id}`)).text).toContain('€19.90 is not collected yet')
  await chat.tap(pete, 'Payment collected', card.id)
  expect(wordsOn(chat.shop, pete)).toContain(`€19.90 collected for order #${id}?`)
  expect(wordsOn(chat.shop, pete)).not.toContain('another amount')
  expect(stateOf(desk, id).payment).toBe('due_on_delivery')
  await chat.tap(pete, 'Yes, €19.90')
  expect(stateOf(desk, id)).toMatchObject({ payment: 'paid', charged_minor: 1990 })
  // Pressed by mistake: whoever said it takes it back.
  await chat.tap(pete, 'Undo', card.id)
  expect(stateOf(desk, id)).toMatchObject({ payment: 'due_on_delivery', charged_minor: 0 })
  expect(listEntriesOfOrder(chat.shop.db, id)).toMatchObject([{ provider: 'cash', state: 'void' }])
  expect(recountShop(chat.shop.db)).toEqual([])
})

test('staff note a transfer without a receipt, in parts, and take back what was a mistake', async () => {
  const desk = await openDesk()
  const { chat, ana, olga } = desk
  const id = await order(desk)
  const card = await olga.sees(`Order #${id}`)
  const max = chat.staff(902, 'manager', 'Max')
  await chat.say(max, '/start')
  await chat.tap(olga, 'Transfer arrived', card.id)
  await chat.say(olga, '15')
  await chat.pass(10_000)
  await max.sees(`€15.00 received for order #${id} of Ana: €15.00 of €19.90 is here.`)
  expect(wordsOn(chat.shop, olga)).toContain(`€15.00 is noted for order #${id}`)
  expect((await olga.sees(`Order #${id}`)).text).toContain('€15.00 is here, €4.90 is still to come')
  await chat.tap(olga, 'Transfer arrived', card.id)
  await chat.tap(olga, 'Yes, €4.90')
  await chat.pass(10_000)
  expect(stateOf(desk, id)).toMatchObject({ payment: 'paid', charged_minor: 1990 })
  const [first] = listEntriesOfOrder(chat.shop.db, id)
  const actor = { kind: 'staff', id: 1, name: 'Olga', source: 'panel', role: 'owner' } as const
  const mistake = { entryId: existing(first).id, reason: 'Another order', actor }
  chat.shop.write((work) => voidPayment(work, mistake))
  await chat.settled()
  await ana.sees(`We had noted €15.00 for order #${id} by mistake. €15.00 is still to be paid.`)
  expect(listEvents(chat.shop.db, id).at(-1)).toMatchObject({ type: 'payment_voided' })
})

test('more receipts than anybody needs are not kept', async () => {
  const desk = await openDesk()
  const { chat, ana, proofs } = desk
  const id = await order(desk)
  for (let i = 0; i < 11; i++) await sendPdf(desk, Buffer.concat([PDF, Buffer.from(String(i))]))
  expect(wordsOn(chat.shop, ana)).toContain('has 10 receipts for order')
  expect(listProofsOfOrder(chat.shop.db, id)).toHaveLength(10)
  expect(readdirSync(proofs)).toHaveLength(10)
})

test('in a group a receipt is seen and decided by who may, each in their own chat', async () => {
  const desk = await openDesk()
  const { chat, olga } = desk
  const group = -1001
  const pete = chat.staff(903, 'packer', 'Pete')
  chat.telegram.group({ id: group, title: 'Desk', members: [901, 903], forum: false })
  await olga.send('/alerts', { chat: group })
  await chat.settled()
  const id = await order(desk)
  await sendPhoto(desk)
  const notice = await olga.sees(/sent a receipt for order/, { chat: group })
  const press = async (person: PersonDriver, label: string) => {
    const { text } = await person.press(label, { chat: group, messageId: notice.id })
    await chat.settled()
    return text
  }
  expect(await press(pete, 'See the receipt')).toContain('Open a chat with me')
  expect(await press(pete, 'The money is here')).toContain('Only owners and managers')
  expect(await press(olga, 'See the receipt')).toContain('our own chat')
  expect((await olga.sees(`Receipt for order #${id}`)).photo).toBeDefined()
  await press(olga, 'The money is here')
  await chat.say(olga, '19.90')
  await chat.pass(10_000)
  expect((await olga.sees(/Approved by Olga/, { chat: group })).buttons.flat()).not.toContain('Reject')
  expect(stateOf(desk, id).payment).toBe('paid')
})
