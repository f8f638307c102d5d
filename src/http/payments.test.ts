import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { givenOrder } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import { addProof } from '../db/payment-proofs.ts'
import type { Role } from '../db/schema.ts'
import type { LedgerEntry } from './contract/money.ts'
import type { OrderDetail } from './contract/order.ts'
import type { Problem } from './contract/problem.ts'

type Answer = OrderDetail & LedgerEntry & Problem

function givenDesk() {
  const { app, shop, staff } = givenApi()
  const order = givenOrder(shop, { payment: 'bank_transfer' })

  function receipt(kind: 'photo' | 'pdf', file: string): number {
    writeFileSync(join(shop.folder, file), `bytes of ${file}`)
    const proof = { orderId: order.id, file, kind, uniqueId: 'same', words: null }
    return shop.db.write((tx) => addProof(tx, { ...proof, now: shop.clock.now() }))
  }

  function person(role: Role, name: string) {
    const { get, call } = staff(role, name)
    return { get, post: (path: string, body: object, key?: string) => call<Answer>('POST', path, body, key) }
  }
  return { app, shop, order, path: `/orders/${order.id}`, receipt, staff: person }
}

it('shows receipts to staff alone, as what they are', async () => {
  const { app, shop, path, receipt, staff } = givenDesk()
  const [photo, pdf] = [receipt('photo', 'a.jpg'), receipt('pdf', 'b.pdf')]
  const olga = staff('owner', 'Olga')
  const answer = await olga.get(`${path}/proofs/${photo}/file`)
  expect(await answer.text()).toBe('bytes of a.jpg')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': expect.stringMatching(/^inline; filename="receipt-\d+-\d+\.jpg"$/),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const other = await olga.get(`${path}/proofs/${pdf}/file`)
  expect(other.headers.get('content-type')).toBe('application/pdf')
  expect(other.headers.get('content-disposition')).toMatch(/^attachment/)
  expect((await app.request(`/api${path}/proofs/${photo}/file`)).status).toBe(401)
  const elsewhere = givenOrder(shop).id
  expect((await olga.get(`/orders/${elsewhere}/proofs/${photo}/file`)).status).toBe(404)
  const lost = shop.db.write((tx) =>
    addProof(tx, { orderId: elsewhere, file: 'c.jpg', kind: 'photo', uniqueId: 'x', words: null, now: 1 }),
  )
  expect((await olga.get(`/orders/${elsewhere}/proofs/${lost}/file`)).status).toBe(404)
})

it('approves and rejects receipts, says which were sent before, and refuses a packer', async () => {
  const { path, order, receipt, staff } = givenDesk()
  const [first, second] = [receipt('photo', 'a.jpg'), receipt('photo', 'b.jpg')]
  const [olga, pete] = [staff('owner', 'Olga'), staff('packer', 'Pete')]
  const approve = `${path}/proofs/${first}/approve`
  expect((await pete.post(approve, { amountMinor: 100 })).status).toBe(403)
  expect((await olga.post(approve, { amountMinor: 0 })).status).toBe(400)
  const { body } = await olga.post(approve, { amountMinor: 1000 })
  expect(body.money).toMatchObject({ chargedMinor: 1000, dueMinor: order.total_minor - 1000 })
  const rejected = await olga.post(`${path}/proofs/${second}/reject`, { reason: 'The same one' })
  expect(rejected.body.money.proofs).toMatchObject([
    { state: 'approved', decidedBy: 'Olga', amountMinor: 1000, sentBeforeFor: null },
    { state: 'rejected', reason: 'The same one', sentBeforeFor: order.id },
  ])
  expect(await olga.post(`${path}/proofs/${second}/approve`, { amountMinor: 5 })).toMatchObject({
    status: 409,
    body: { message: 'Olga has rejected this receipt already.' },
  })
})

it('enters money once for each key, and takes back what was entered by mistake', async () => {
  const { path, order, staff } = givenDesk()
  const [olga, pete] = [staff('owner', 'Olga'), staff('packer', 'Pete')]
  const body = { amountMinor: 1000, version: order.version, note: 'on the account' }
  expect((await pete.post(`${path}/payments`, body)).status).toBe(403)
  await olga.post(`${path}/payments`, body, 'a-key-of-mine')
  const again = await olga.post(`${path}/payments`, body, 'a-key-of-mine')
  expect(again).toMatchObject({ status: 200, body: { money: { chargedMinor: 1000 } } })
  expect((await olga.post(`${path}/payments`, body)).status).toBe(409)
  const [entry] = again.body.money.entries
  const back = `/money/entries/${entry?.id}/void`
  expect((await pete.post(back, { reason: 'No' })).status).toBe(403)
  expect((await olga.post(back, { reason: '' })).status).toBe(400)
  expect((await olga.post(back, { reason: 'Another order' })).body).toMatchObject({ state: 'void' })
  expect((await olga.post(back, { reason: 'Another order' })).body).toMatchObject({ state: 'void' })
  expect((await olga.post('/money/entries/4242/void', { reason: 'No' })).status).toBe(404)
})
