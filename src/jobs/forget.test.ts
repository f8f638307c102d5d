import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { givenOrder, givenShop, givenStaff, step, type TestShop } from '../../tests/given.ts'
import { givenJobs } from '../../tests/given-jobs.ts'
import { listEvents } from '../db/events.ts'
import { askForPicture, keepFetchedPicture, listKeptAddresses } from '../db/fetched-pictures.ts'
import { addProof, decideProof } from '../db/payment-proofs.ts'
import { addAttempt, addTally, listNoticesOfOrder } from '../db/proof.ts'
import { listTallies } from '../db/proof-numbers.ts'
import { sql } from '../db/statement.ts'
import { recordEvent } from '../shop/record-event.ts'
import { SYSTEM } from '../shop/work.ts'

const DAY_MS = 86_400_000

/** Every notice so far has left, at its first try. */
function sendAll({ db, clock }: TestShop): void {
  db.write((tx) => {
    for (const { id } of db.all(sql.selectFrom('notices').select('id').where('state', '=', 'waiting'))) {
      addAttempt(tx, { noticeId: id, at: clock.now(), tookMs: 9, outcome: 'sent', answer: 'message 7' })
      const sent = { state: 'sent', sent_at: clock.now(), updated_at: clock.now() } as const
      tx.run(sql.updateTable('notices').set(sent).where('id', '=', id))
    }
    addTally(tx, { hour: 1, channel: 'telegram', outcome: 'sent', bucket: 5 })
  })
}

describe('notices', () => {
  function givenTold() {
    const shop = givenShop({ undoGraceMs: 0 })
    const olga = givenStaff(shop)
    const told = (order: { id: number }) => listNoticesOfOrder(shop.db, order.id).length
    const attempts = () => shop.db.all(sql.selectFrom('notice_attempts').select('id')).length
    return { shop, olga, told, attempts, ...givenJobs(shop) }
  }

  test('of an order that was over long ago are forgotten with their tries; its timeline and all counts stay', async () => {
    const { shop, olga, told, attempts, run } = givenTold()
    const over = givenOrder(shop)
    step(shop, olga, over, 'accept', 'pack', 'dispatch', 'deliver')
    const open = step(shop, olga, givenOrder(shop), 'accept')
    sendAll(shop)
    const events = listEvents(shop.db, over.id)
    shop.clock.advance(180 * DAY_MS)
    await run('forget-notices')
    expect(told(over)).toBeGreaterThan(4)
    shop.clock.advance(DAY_MS)
    const before = attempts()
    await run('forget-notices')
    expect(told(over)).toBe(0)
    expect(told(open)).toBeGreaterThan(0)
    expect(attempts()).toBe(told(open))
    expect(before).toBeGreaterThan(attempts())
    expect(listEvents(shop.db, over.id)).toEqual(events)
    expect(listTallies(shop.db, { from: 0, to: 9 })).toMatchObject([{ count: 1 }])
  })

  test('that have not left stay, however old', async () => {
    const { shop, olga, told, run } = givenTold()
    const order = givenOrder(shop)
    step(shop, olga, order, 'cancel')
    const all = told(order)
    shop.clock.advance(400 * DAY_MS)
    await run('forget-notices')
    expect(told(order)).toBe(all)
  })
})

test('of the shop itself, what happened two years ago is forgotten; what is about money and what is younger stay', async () => {
  const shop = givenShop({ undoGraceMs: 0 })
  const { run } = givenJobs(shop)
  const order = givenOrder(shop)
  const record = (type: string, data = {}) =>
    shop.write((work) => recordEvent(work, { type, orderId: null, actor: SYSTEM, data }))
  record('settings_changed')
  record('refunded', { entryId: 3 })
  shop.clock.advance(730 * DAY_MS)
  record('device_ended')
  shop.clock.advance(1)
  await run('forget-audit')
  const left = shop.db
    .all(sql.selectFrom('events').select('type').where('order_id', 'is', null))
    .map(({ type }) => type)
  expect(left).toEqual(['refunded', 'device_ended'])
  expect(listEvents(shop.db, order.id)).toHaveLength(1)
})

describe('files', () => {
  function givenFiles() {
    const shop = givenShop({ undoGraceMs: 0 })
    const given = givenJobs(shop)
    const put = (folder: string, name: string, hoursOld: number) => {
      const path = join(folder, name)
      writeFileSync(path, 'x')
      const at = Date.now() / 1000 - hoursOld * 3_600
      utimesSync(path, at, at)
      return name
    }
    const { mediaFolder, proofsFolder } = given.place
    const receipt = (file: string) => {
      const order = givenOrder(shop, { payment: 'bank_transfer' })
      put(proofsFolder, file, 25)
      const proof = { orderId: order.id, file, kind: 'pdf', uniqueId: file, words: null } as const
      const id = shop.db.write((tx) => addProof(tx, { ...proof, now: shop.clock.now() }))
      const decide = () =>
        shop.db.write((tx) =>
          decideProof(tx, {
            id,
            state: 'rejected',
            chargeId: null,
            reason: null,
            decidedBy: null,
            now: shop.clock.now(),
          }),
        )
      return { order, decide }
    }
    return { shop, ...given, put, receipt, mediaFolder, proofsFolder }
  }

  test('that nothing names go after a day, those that a product shows and their smaller copies never', async () => {
    const { shop, run, put, mediaFolder, proofsFolder } = givenFiles()
    shop.db.write((tx) => {
      const now = shop.clock.now()
      const product = { handle: 'mug', category_id: null, title: 'Mug', created_at: now, updated_at: now }
      const { id } = tx.run(sql.insertInto('products').values(product))
      tx.run(
        sql.insertInto('product_images').values({ product_id: id, file: 'mug.jpg', url: null, position: 0 }),
      )
    })
    for (const name of ['mug.jpg', 'mug.webp', 'mug.jpg.part', 'mu.jpg', 'mug-2.jpg'])
      put(mediaFolder, name, 25)
    const fetched = (name: string) => {
      const url = `https://shop.example/${name}.jpg`
      shop.db.write((tx) => {
        askForPicture(tx, url)
        keepFetchedPicture(tx, { url, file: `${name}.jpg`, small: `${name}.webp` })
      })
      for (const ending of ['jpg', 'webp']) put(mediaFolder, `${name}.${ending}`, 25)
      return url
    }
    const url = fetched('cup')
    shop.db.write((tx) =>
      tx.run(sql.insertInto('product_images').values({ product_id: 1, url, position: 1 })),
    )
    // The product has shown it, and shows others now.
    fetched('pot')
    put(mediaFolder, 'young.jpg', 23)
    for (const name of ['lost.pdf', 'half.jpg.part']) put(proofsFolder, name, 25)
    put(proofsFolder, 'fresh.pdf', 23)
    await run('forget-files')
    expect(readdirSync(mediaFolder).sort()).toEqual([
      'cup.jpg',
      'cup.webp',
      'mug.jpg',
      'mug.webp',
      'young.jpg',
    ])
    expect(readdirSync(proofsFolder)).toEqual(['fresh.pdf'])
    expect(listKeptAddresses(shop.db, { after: '', limit: 9 })).toEqual([url])
  })

  test('of receipts go a year after their order was over, unless somebody has yet to look at them', async () => {
    const { shop, run, receipt, proofsFolder } = givenFiles()
    const olga = givenStaff(shop)
    const done = receipt('done.pdf')
    const waiting = receipt('waiting.pdf')
    const open = receipt('open.pdf')
    done.decide()
    open.decide()
    step(shop, olga, done.order, 'cancel')
    step(shop, olga, waiting.order, 'cancel')
    step(shop, olga, open.order, 'mark_paid', 'accept')
    shop.clock.advance(365 * DAY_MS)
    await run('forget-files')
    expect(existsSync(join(proofsFolder, 'done.pdf'))).toBe(true)
    shop.clock.advance(DAY_MS)
    await run('forget-files')
    expect(readdirSync(proofsFolder).sort()).toEqual(['open.pdf', 'waiting.pdf'])
  })
})
