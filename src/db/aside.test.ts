import { setImmediate as otherWork } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { givenShop, type TestShop } from '../../tests/given.ts'
import { saveSetting } from './settings.ts'

// A thread loads what it runs by address; these are reads that no shop has.
const MODULE = `data:text/javascript,${encodeURIComponent(`
  const value = (db) => db.first({ sql: "select value from settings where key = 'x'", values: [] })?.value ?? null
  export const slowReads = {
    *count(db, { to }) { for (let i = 1; i <= to; i++) yield i },
    *twice(db) { for (;;) { const first = value(db); for (let i = 0; i < 2e6; i++); yield [first, value(db)] } },
    *breaks() { yield 1; throw new Error('it broke') },
    *writes(db) { yield db.all({ sql: "delete from settings", values: [] }) },
    *spins() { for (;;); },
    *dies() { process.exit(3); yield 1 },
  }`)}`
const NEVER = new AbortController().signal

function ask<Piece>({ db }: TestShop, name: string, input: unknown = {}, signal = NEVER) {
  return db.aside<Piece>({ module: MODULE, name, input }, signal)
}

async function allOf<Piece>(pieces: AsyncIterable<Piece>): Promise<Piece[]> {
  const all: Piece[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}

it('yields one piece after the other, several reads side by side', async () => {
  const shop = givenShop()
  const [three, none, five] = await Promise.all([3, 0, 5].map((to) => allOf(ask(shop, 'count', { to }))))
  expect([three, none, five]).toEqual([[1, 2, 3], [], [1, 2, 3, 4, 5]])
})

it('makes each piece of one state of the shop, and the next of a newer one', async () => {
  const shop = givenShop()
  const pieces = ask<[string | null, string | null]>(shop, 'twice')
  expect((await pieces.next()).value).toEqual([null, null])
  const seen = new Set<string | null>()
  for (let round = 0; round < 20; round++) {
    const next = pieces.next()
    await otherWork()
    shop.db.write((tx) => saveSetting(tx, 'x', String(round)))
    const { value } = await next
    expect(value?.[0]).toBe(value?.[1])
    seen.add(value?.[0] ?? null)
  }
  expect(seen.size).toBeGreaterThan(5)
  await pieces.return()
})

it('hands over what went wrong, and reads on for the others', async () => {
  const shop = givenShop()
  await expect(allOf(ask(shop, 'breaks'))).rejects.toThrow('it broke')
  await expect(allOf(ask(shop, 'writes'))).rejects.toThrow('a write to settings outside write()')
  await expect(allOf(ask(shop, 'none'))).rejects.toThrow('there is no slow read none')
  expect(await allOf(ask(shop, 'count', { to: 2 }))).toEqual([1, 2])
})

it('ends at once when it is called off, and with its thread', async () => {
  const shop = givenShop()
  const stopping = new AbortController()
  const spinning = allOf(ask(shop, 'spins', {}, stopping.signal))
  stopping.abort(new Error('enough'))
  await expect(spinning).rejects.toThrow('enough')
  const dying = givenShop()
  await expect(allOf(ask(dying, 'dies'))).rejects.toThrow('has ended')
  expect(await allOf(ask(dying, 'count', { to: 1 }))).toEqual([1])
})

it('takes eight at once, and as many again when those are done', async () => {
  const shop = givenShop()
  const many = Array.from({ length: 8 }, () => ask<number>(shop, 'count', { to: 2 }))
  for (const one of many) await one.next()
  await expect(ask(shop, 'count', { to: 1 }).next()).rejects.toThrow('Too many reports at once')
  for (const one of many) await one.return()
  expect(await allOf(ask(shop, 'count', { to: 1 }))).toEqual([1])
})

it('is over when the file is closed', async () => {
  const shop = givenShop()
  const spinning = allOf(ask(shop, 'spins'))
  await otherWork()
  shop.db.close()
  await expect(spinning).rejects.toThrow('the file is closed')
})
