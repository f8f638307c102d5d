import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  existing,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  givenVariant,
  step,
  type TestShop,
} from '../../tests/given.ts'
import { givenApiServer } from '../../tests/given-api.ts'
import { listEvents } from '../db/events.ts'
import { listOrders } from '../db/order-lists.ts'
import { findPerson, type PersonRow } from '../db/people.ts'
import { recordEvent } from '../shop/record-event.ts'
import { SYSTEM } from '../shop/work.ts'
import type { OrderDetail, OrderList } from './contract/order.ts'
import type { Problem } from './contract/problem.ts'
import type { SignedIn } from './contract/session.ts'

const TOKEN = '123456:a-token-made-up-for-the-tests-only'

async function givenServer(shop: TestShop = givenShop()) {
  const received: unknown[] = []
  const { url } = await givenApiServer({
    shop,
    botToken: TOKEN,
    frameOrigins: ['http://127.0.0.1:8090'],
    webhook: { path: '/telegram/hook', secret: 'the secret', receive: (update) => received.push(update) },
  })

  async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: (text.startsWith('{') ? JSON.parse(text) : text) as T,
      headers: response.headers,
    }
  }

  async function signIn(person: PersonRow): Promise<Record<string, string>> {
    const initData = signed(person, shop.clock.now())
    const { body } = await call<SignedIn>('POST', '/api/session', { initData })
    return { authorization: `Bearer ${body.token}` }
  }

  return { shop, url, call, signIn, received }
}

/** What Telegram would hand to the Mini App, signed with the bot's token. */
function signed(person: PersonRow, at: number, token = TOKEN): string {
  const user = JSON.stringify({ id: person.telegram_id, first_name: person.name })
  const fields = { auth_date: String(Math.floor(at / 1000)), query_id: 'AAE', signature: 'x', user }
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(token).digest()
  const hash = createHmac('sha256', key).update(text).digest('hex')
  return new URLSearchParams({ ...fields, hash }).toString()
}

function personOf(shop: TestShop, id: number): PersonRow {
  return existing(findPerson(shop.db, id))
}

describe('signing in', () => {
  it('exchanges fresh initData of staff for a session with the role of the moment', async () => {
    const { shop, call, signIn } = await givenServer()
    const olga = givenStaff(shop)
    const headers = await signIn(personOf(shop, olga.id))
    expect((await call('GET', '/api/me', undefined, headers)).body).toEqual({
      name: 'Olga',
      role: 'owner',
      shop: { name: 'LittleShop', currency: 'EUR', timezone: 'UTC' },
    })
    shop.db.write((tx) => tx.run({ sql: 'update staff set active = 0', values: [] }))
    expect((await call('GET', '/api/me', undefined, headers)).status).toBe(401)
  })

  it('ends with signing out, and by itself after twelve hours', async () => {
    const { shop, call, signIn } = await givenServer()
    const olga = personOf(shop, givenStaff(shop).id)
    const [first, second] = [await signIn(olga), await signIn(olga)]
    expect((await call('DELETE', '/api/session', undefined, first)).status).toBe(204)
    expect((await call('GET', '/api/me', undefined, first)).status).toBe(401)
    expect((await call('GET', '/api/me', undefined, second)).status).toBe(200)
    shop.clock.advance(12 * 3_600_000)
    expect((await call('GET', '/api/me', undefined, second)).status).toBe(401)
  })

  it('refuses forged, old, future, broken and foreign initData', async () => {
    const { shop, call } = await givenServer()
    const olga = personOf(shop, givenStaff(shop).id)
    const ana = givenPerson(shop)
    const now = shop.clock.now()
    const attempts: [string, number][] = [
      [signed(olga, now, '999:somebody-elses-token'), 401],
      [signed(olga, now).replace('Olga', 'Eve'), 401],
      [signed(olga, now - 3_601_000), 401],
      [signed(olga, now + 120_000), 401],
      ['hash=00', 401],
      ['not init data at all', 401],
      [signed(ana, now), 403],
    ]
    for (const [initData, status] of attempts) {
      const answer = await call<Problem>('POST', '/api/session', { initData })
      expect([answer.status, initData]).toEqual([status, initData])
    }
    expect((await call('POST', '/api/session', {})).status).toBe(400)
    expect((await call('POST', '/api/session', '{"initData"')).status).toBe(400)
    for (const authorization of ['', 'Bearer', 'Bearer x', 'tma abc']) {
      expect((await call('GET', '/api/orders', undefined, { authorization })).status).toBe(401)
    }
  })
})

describe('orders over HTTP', () => {
  it('are listed by stage, page by page, with counters', async () => {
    const { shop, call, signIn } = await givenServer()
    const olga = givenStaff(shop)
    const headers = await signIn(personOf(shop, olga.id))
    for (let i = 0; i < 5; i++) givenOrder(shop)
    const first = (await call<OrderList>('GET', '/api/orders?stage=placed&limit=3', undefined, headers)).body
    expect(first.orders.map((order) => order.number)).toEqual([1005, 1004, 1003])
    const second = await call<OrderList>(
      'GET',
      `/api/orders?stage=placed&limit=3&before=${first.next}`,
      undefined,
      headers,
    )
    expect(second.body).toMatchObject({ orders: [{ number: 1002 }, { number: 1001 }], next: null })
    expect((await call('GET', '/api/orders/counters', undefined, headers)).body).toMatchObject({
      placed: 5,
      accepted: 0,
    })
    expect(
      (await call<OrderList>('GET', '/api/orders?search=%231003', undefined, headers)).body.orders,
    ).toHaveLength(1)
    for (const query of ['stage=lost', 'limit=0', 'limit=9999', 'before=-1', `search=${'x'.repeat(101)}`]) {
      expect([query, (await call('GET', `/api/orders?${query}`, undefined, headers)).status]).toEqual([
        query,
        400,
      ])
    }
  })

  it('move along by allowed steps only, and say which those are', async () => {
    const { shop, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    const { id } = givenOrder(shop)
    const take = (body: object, more = {}) =>
      call<OrderDetail & Problem>('POST', `/api/orders/${id}/steps`, body, { ...headers, ...more })
    const accepted = await take({ step: 'accept', version: 1 })
    expect(accepted.body).toMatchObject({
      stage: 'accepted',
      version: 2,
      undoUntil: shop.clock.now() + 5_000,
    })
    expect(accepted.body.steps).toEqual([
      { step: 'pack', label: 'Start packing', needs: null },
      { step: 'mark_paid', label: 'Payment collected', needs: null },
      { step: 'cancel', label: 'Cancel order', needs: 'reason' },
    ])
    expect(await take({ step: 'accept', version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'conflict', message: `Order #${id} is accepted now.` },
    })
    await take({ step: 'pack', version: 2 })
    expect(await take({ step: 'dispatch', version: 3 })).toMatchObject({
      status: 400,
      body: { field: 'trackingNumber' },
    })
    const bad = [
      { step: 'expire', version: 3 },
      { step: 'fly', version: 3 },
      { step: 'dispatch' },
      { version: 3 },
      { step: 'dispatch', version: 3, trackingNumber: 'x'.repeat(65) },
      { step: 'dispatch', version: 3, noTracking: true, more: 1 },
    ]
    for (const body of bad) expect([body, (await take(body)).status]).toEqual([body, 400])
    const sent = await take({ step: 'dispatch', version: 3, trackingNumber: ' RR123 ' })
    expect(sent.body).toMatchObject({ stage: 'dispatched', trackingNumber: 'RR123' })
    expect((await call('GET', '/api/orders/999', undefined, headers)).status).toBe(404)
    expect((await call('GET', '/api/orders/abc', undefined, headers)).status).toBe(400)
  })

  it('apply a command with the same key once, and keep keys of different people apart', async () => {
    const { shop, call, signIn } = await givenServer()
    const [olga, marek] = [givenStaff(shop), givenStaff(shop, 'manager', 'Marek')]
    const headers = { ...(await signIn(personOf(shop, olga.id))), 'idempotency-key': 'press-0001' }
    const { id } = givenOrder(shop)
    const body = { step: 'accept', version: 1 }
    expect((await call('POST', `/api/orders/${id}/steps`, body, headers)).status).toBe(200)
    expect((await call<OrderDetail>('POST', `/api/orders/${id}/steps`, body, headers)).body).toMatchObject({
      version: 2,
    })
    const his = { ...(await signIn(personOf(shop, marek.id))), 'idempotency-key': 'press-0001' }
    expect((await call('POST', `/api/orders/${id}/steps`, body, his)).status).toBe(409)
    const other = givenOrder(shop)
    expect((await call('POST', `/api/orders/${other.id}/steps`, body, headers)).status).toBe(409)
    const pack = { step: 'pack', version: 2 }
    expect((await call('POST', `/api/orders/${id}/steps`, pack, headers)).status).toBe(409)
    expect(listEvents(shop.db, id)).toHaveLength(2)
  })

  it('are left alone, with a clear answer, while another program locks the file', async () => {
    const { shop, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    const { id } = givenOrder(shop)
    const intruder = new Sqlite(join(shop.folder, 'shop.db'))
    onTestFinished(() => void intruder.close())
    intruder.exec('begin immediate')
    const press = () => call('POST', `/api/orders/${id}/steps`, { step: 'accept', version: 1 }, headers)
    expect(await press()).toMatchObject({
      status: 503,
      body: { code: 'busy', message: expect.stringContaining('try again') },
    })
    intruder.exec('rollback')
    expect(listEvents(shop.db, id)).toHaveLength(1)
    expect((await press()).status).toBe(200)
  })

  it('can be undone for a few seconds', async () => {
    const { shop, call, signIn } = await givenServer()
    const olga = givenStaff(shop)
    const headers = await signIn(personOf(shop, olga.id))
    const { id } = step(shop, olga, givenOrder(shop), 'accept')
    const undone = await call<OrderDetail>('POST', `/api/orders/${id}/undo`, { version: 2 }, headers)
    expect(undone.body).toMatchObject({ stage: 'placed', version: 3, undoUntil: null })
    expect((await call('POST', `/api/orders/${id}/undo`, { version: 3 }, headers)).status).toBe(409)
  })

  it('answer fifty presses of the same step with one success', async () => {
    const { shop, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    const { id } = givenOrder(shop)
    const presses = Array.from({ length: 50 }, () =>
      call('POST', `/api/orders/${id}/steps`, { step: 'accept', version: 1 }, headers),
    )
    const statuses = (await Promise.all(presses)).map((answer) => answer.status).sort()
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)])
  })
})

describe('products and settings over HTTP', () => {
  it('are listed page by page, also those of the same title', async () => {
    const { shop, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    for (const title of ['Mug', 'Cup', 'Mug', 'Mug']) givenVariant(shop, 1, 100, title)
    type Page = { products: { id: number; title: string }[]; next: string | null }
    const pages: Page[] = []
    for (let next: string | null = '0'; next !== null; next = existing(pages.at(-1)).next) {
      pages.push((await call<Page>('GET', `/api/products?limit=2&after=${next}`, undefined, headers)).body)
    }
    const found = pages.flatMap((page) => page.products)
    expect(found.map((product) => product.title)).toEqual(['Cup', 'Mug', 'Mug', 'Mug'])
    expect(new Set(found.map((product) => product.id)).size).toBe(4)
    expect((await call('GET', '/api/products?after=Mug', undefined, headers)).status).toBe(400)
  })

  it('change price and stock unless something was sold meanwhile; packers may only look', async () => {
    const { shop, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    const packer = await signIn(personOf(shop, givenStaff(shop, 'packer', 'Pia').id))
    const id = givenVariant(shop, 10)
    const body = { priceMinor: 990, available: 12, seenAvailable: 10 }
    expect((await call('PATCH', `/api/variants/${id}`, body, packer)).status).toBe(403)
    expect((await call('PATCH', `/api/variants/${id}`, body, headers)).body).toMatchObject({
      priceMinor: 990,
      available: 12,
    })
    expect(await call('PATCH', `/api/variants/${id}`, body, headers)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('Stock is 12 now') },
    })
    expect((await call('PATCH', `/api/variants/${id}`, { ...body, available: -1 }, headers)).status).toBe(400)
    expect((await call('GET', '/api/products?search=mu', undefined, packer)).body).toMatchObject({
      products: [{ title: 'Mug', variants: [{ available: 12 }] }],
    })
  })

  it('keep a shop in which one can order', async () => {
    const { shop, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    const { body: settings } = await call<{ payments: { active: boolean }[] }>(
      'GET',
      '/api/settings',
      undefined,
      headers,
    )
    expect((await call('PUT', '/api/settings', { ...settings, name: 'Clay & Beans' }, headers)).status).toBe(
      200,
    )
    const twice = { ...settings, payments: [...settings.payments, ...settings.payments] }
    expect((await call('PUT', '/api/settings', twice, headers)).status).toBe(400)
    const off = { ...settings, payments: settings.payments.map((payment) => ({ ...payment, active: false })) }
    expect((await call('PUT', '/api/settings', off, headers)).status).toBe(400)
    expect((await call('GET', '/api/settings', undefined, headers)).body).toMatchObject({
      name: 'Clay & Beans',
    })
  })
})

describe('the live stream', () => {
  async function frames(url: string, headers: Record<string, string>) {
    const stop = new AbortController()
    onTestFinished(() => stop.abort())
    const response = await fetch(`${url}/api/stream`, { headers, signal: stop.signal })
    const reader = existing(response.body).pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return {
      status: response.status,
      async until(pattern: RegExp): Promise<string> {
        while (!pattern.test(text)) {
          const { value, done } = await reader.read()
          if (done) throw new Error(`the stream ended with: ${text}`)
          text += value
        }
        return text
      },
    }
  }

  it('tells what happens, and what was missed', async () => {
    const { shop, url, signIn } = await givenServer()
    const olga = givenStaff(shop)
    const headers = await signIn(personOf(shop, olga.id))
    const live = await frames(url, headers)
    await live.until(/event: hello/)
    const order = givenOrder(shop)
    const text = await live.until(/"type":"placed"/)
    const id = Number(/id: (\d+)\nevent: change/.exec(text)?.[1])
    step(shop, olga, order, 'accept', 'pack')
    const back = await frames(url, { ...headers, 'last-event-id': String(id) })
    const missed = await back.until(/"type":"packing"/)
    expect(missed).toContain('"type":"accepted"')
    expect(missed).not.toContain('"type":"placed"')
    expect(missed).toContain('"counters":{"accepted":0')
  })

  it('tells what is about no order without its details', async () => {
    const { shop, url, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop, 'packer').id))
    const live = await frames(url, headers)
    await live.until(/event: hello/)
    const data = { totalMinor: 987_654 }
    shop.write((work) => recordEvent(work, { type: 'daily_summary', orderId: null, actor: SYSTEM, data }))
    givenOrder(shop)
    const missed = await frames(url, { ...headers, 'last-event-id': '0' })
    for (const stream of [live, missed]) {
      const text = await stream.until(/"type":"placed"/)
      expect(text).toContain('"type":"daily_summary"')
      expect(text).not.toContain('987654')
    }
  })

  it('ends for a person who signed out, or is no longer staff', async () => {
    const { shop, url, call, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    const live = await frames(url, headers)
    await live.until(/event: hello/)
    shop.clock.advance(15_000)
    await live.until(/: ping/)
    await call('DELETE', '/api/session', undefined, headers)
    shop.clock.advance(15_000)
    await expect(live.until(/"type":"placed"/)).rejects.toThrow('the stream ended')
  })

  it('says so when too much was missed, and refuses strangers and nonsense', async () => {
    const { shop, url, signIn } = await givenServer()
    const headers = await signIn(personOf(shop, givenStaff(shop).id))
    await (await frames(url, { ...headers, 'last-event-id': '999999' })).until(/event: reset/)
    expect((await frames(url, { ...headers, 'last-event-id': 'x' })).status).toBe(400)
    expect((await frames(url, {})).status).toBe(401)
  })
})

describe('around the API', () => {
  it('is documented by the schemas that check it', async () => {
    const { call } = await givenServer()
    const { body } = await call<{
      openapi: string
      paths: Record<string, Record<string, { requestBody?: unknown }>>
    }>('GET', '/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/session', '/orders', '/orders/{number}/steps']),
    )
    expect(body.paths['/orders/{number}/steps']?.post?.requestBody).toBeDefined()
  })

  it('says it lives and is ready, and speaks in problems otherwise', async () => {
    const { call } = await givenServer()
    expect((await call('GET', '/healthz')).body).toBe('ok')
    expect((await call('GET', '/readyz')).body).toBe('ready')
    expect(await call('GET', '/api/nothing')).toMatchObject({ status: 401 })
    expect(await call('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await call('GET', '/media/../shop.db')).status).toBe(404)
    expect((await call('GET', '/media/%2e%2e%2fshop.db')).status).toBe(404)
    expect((await call('POST', '/api/session', { initData: 'x'.repeat(300_000) })).status).toBe(400)
  })

  it('lets Telegram frame the panel, and keeps no old page', async () => {
    const { shop, call } = await givenServer()
    writeFileSync(join(shop.folder, 'index.html'), '<p>panel</p>')
    for (const path of ['/app', '/app/', '/app/orders/1042']) {
      const { status, body, headers } = await call('GET', path)
      expect([path, status, body]).toEqual([path, 200, '<p>panel</p>'])
      expect(headers.get('cache-control')).toBe('no-cache')
      expect(headers.get('content-security-policy')).toContain(
        "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org http://127.0.0.1:8090",
      )
      expect(headers.get('x-frame-options')).toBeNull()
    }
  })

  it('takes updates from Telegram only with the secret', async () => {
    const { call, received } = await givenServer()
    const update = { update_id: 7, message: { text: 'hi' } }
    expect((await call('POST', '/telegram/hook', update)).status).toBe(401)
    expect(
      (await call('POST', '/telegram/hook', update, { 'x-telegram-bot-api-secret-token': 'no' })).status,
    ).toBe(401)
    expect(received).toEqual([])
    const headers = { 'x-telegram-bot-api-secret-token': 'the secret' }
    expect((await call('POST', '/telegram/hook', update, headers)).status).toBe(200)
    expect((await call('POST', '/telegram/hook', { no: 'update' }, headers)).status).toBe(400)
    expect((await call('POST', '/telegram/hook', '{"update_id', headers)).status).toBe(400)
    expect(received).toEqual([update])
  })

  it('never sends a customer list to a person without a session', async () => {
    const { shop, call } = await givenServer()
    givenOrder(shop)
    expect(listOrders(shop.db, { limit: 1 })).toHaveLength(1)
    for (const path of [
      '/api/orders',
      '/api/orders/1001',
      '/api/orders/counters',
      '/api/products',
      '/api/settings',
    ]) {
      expect((await call('GET', path)).status).toBe(401)
    }
  })
})
