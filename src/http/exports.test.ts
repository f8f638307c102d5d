import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { seedOrders } from '../../sandbox/seed/seed-orders.ts'
import { givenOrder, givenPerson, givenShop, givenStaff, givenVariant, step } from '../../tests/given.ts'
import { givenApiServer } from '../../tests/given-api.ts'
import { listItemsOfOrders } from '../db/order-export.ts'

type Line = Record<string, string>

interface Wish {
  from: number
  to: number
  lines: string
}

const EVER = { from: 0, to: 253_402_300_799_999 }

async function givenExport(shop = givenShop()) {
  const api = await givenApiServer({ shop })
  const olga = api.staff()
  function fetchFile(wish: Wish, who = olga, signal?: AbortSignal) {
    const query = new URLSearchParams({ ...wish, from: String(wish.from), to: String(wish.to) })
    const headers = { authorization: who.authorization() }
    return fetch(`${api.url}/api/exports/orders?${query}`, { headers, ...(signal && { signal }) })
  }
  async function linesOf(wish: Partial<Wish>): Promise<Line[]> {
    const response = await fetchFile({ ...EVER, lines: 'orders', ...wish })
    expect(response.status).toBe(200)
    return parse(Buffer.from(await response.arrayBuffer()), { columns: true, bom: true })
  }
  return { ...api, olga, fetchFile, linesOf }
}

describe('orders as a file', () => {
  it('has a line for each order, in which no name can be run as a formula', async () => {
    const shop = givenShop({ timezone: 'Europe/Lisbon' })
    const { linesOf, fetchFile } = await givenExport(shop)
    const person = givenPerson(shop, '=HYPERLINK("http://evil.example";"Ana")')
    const variantId = givenVariant(shop, 10, 1250, '-2+3 mugs, "blue"')
    const order = step(shop, givenStaff(shop), givenOrder(shop, { person, variantId, quantity: 2 }), 'accept')
    const [line, ...others] = await linesOf({})
    expect(others).toEqual([])
    expect(line).toMatchObject({
      order: String(order.id),
      placed: '2026-01-05 09:00',
      customer: `'=HYPERLINK("http://evil.example";"Ana")`,
      pieces: '2',
      currency: 'EUR',
      items: '25.00',
      delivery: '4.90',
      total: '29.90',
      'tax in total': '0.00',
      net: '29.90',
      paid: '0.00',
      'paid by': 'cash on delivery',
      payment: 'due on delivery',
      'delivered by': 'Courier',
      state: 'accepted',
    })
    const [item] = await linesOf({ lines: 'items' })
    expect(item).toMatchObject({
      product: `'-2+3 mugs, "blue"`,
      pieces: '2',
      'unit price': '12.50',
      total: '25.00',
    })
    const response = await fetchFile({ ...EVER, lines: 'orders' })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="orders.csv"')
    expect(response.headers.get('cache-control')).toBe('no-store')
    await response.arrayBuffer()
  })

  it('holds what was placed in the span, and nothing of it twice', async () => {
    const { shop, linesOf } = await givenExport()
    const now = shop.clock.now()
    // Pages end between orders of the same moment, too.
    seedOrders(shop.db, { orders: 1_201, seed: 5, now, currency: 'EUR' })
    const all = await linesOf({})
    expect(new Set(all.map(({ order }) => order)).size).toBe(1_201)
    expect(all).toHaveLength(1_201)
    const ids = all.map(({ order }) => Number(order))
    expect(await linesOf({ lines: 'items' })).toHaveLength(listItemsOfOrders(shop.db, ids).length)
    const half = Date.parse(`${all[600]?.placed}Z`)
    const [before, after] = [await linesOf({ to: half }), await linesOf({ from: half })]
    expect(before.length).toBeGreaterThan(0)
    expect([...before, ...after]).toEqual(all)
  })

  it('is for owners and managers, and says what is wrong', async () => {
    const { staff, fetchFile } = await givenExport()
    const wish = { ...EVER, lines: 'orders' }
    expect((await fetchFile(wish, staff('packer', 'Paul'))).status).toBe(403)
    const theirs = await fetchFile(wish, staff('manager', 'Mia'))
    expect(theirs.status).toBe(200)
    await theirs.arrayBuffer()
    const wrong = await fetchFile({ ...wish, from: 2, to: 1 })
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({
      message: expect.stringContaining('last day must not be before'),
    })
    expect((await fetchFile({ ...wish, lines: 'people' })).status).toBe(400)
  })

  it('is no longer made once nobody takes it, and others get theirs', async () => {
    const { shop, fetchFile, linesOf } = await givenExport()
    seedOrders(shop.db, { orders: 2_000, seed: 6, now: shop.clock.now(), currency: 'EUR' })
    // More than can be under way at once.
    for (let i = 0; i < 10; i++) {
      const leaving = new AbortController()
      const response = await fetchFile({ ...EVER, lines: 'items' }, undefined, leaving.signal)
      const reader = response.body?.getReader()
      await reader?.read()
      leaving.abort()
      await expect(reader?.closed).rejects.toThrow()
    }
    expect(await linesOf({})).toHaveLength(2_000)
  })

  it('is given up when it lies there for two minutes, so that others get theirs', async () => {
    const { shop, url, olga, linesOf } = await givenExport()
    givenOrder(shop)
    const query = new URLSearchParams({ from: '0', to: String(EVER.to), lines: 'orders' })
    const ask = (method: string) =>
      fetch(`${url}/api/exports/orders?${query}`, {
        method,
        headers: { authorization: olga.authorization() },
      })
    // Whoever asks for the head alone takes nothing of the rest.
    for (let i = 0; i < 8; i++) expect((await ask('HEAD')).status).toBe(200)
    expect((await ask('GET')).status).toBe(503)
    shop.clock.advance(120_000)
    expect(await linesOf({})).toHaveLength(1)
  })
})
