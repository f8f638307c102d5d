import { expect, test } from 'vitest'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import type { Bound } from '../../src/db/statement.ts'
import type { SignedIn } from '../../src/http/contract/session.ts'
import { settableClock } from '../../src/lib/clock.ts'
import { existing, givenOrder } from '../given.ts'
import { openTestShop } from './open-test-shop.ts'

interface Line {
  msg: string
  id?: string
  request?: string
  update?: number
  status?: number
  method?: string
  route?: string
  person?: number
  kind?: string
  outcome?: string
  channel?: string
  notice?: number
  event?: number
  order?: number
  events?: number[]
  ms?: number
}

/** A shop with somebody signed in to its panel, and its log, line by line. */
async function openWithLog() {
  const said: string[] = []
  const chat = await openTestShop({ UNDO_SECONDS: '0' }, false, settableClock(), said)
  const olga = chat.staff(701, 'owner')
  const url = `http://127.0.0.1:${chat.port}`
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ initData: olga.initData() })
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', headers, body })
  const { token } = (await signedIn.json()) as SignedIn
  return {
    chat,
    olga,
    call: (method: string, path: string, wish?: object) =>
      fetch(url + path, {
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
        ...(wish && { body: JSON.stringify(wish) }),
      }),
    lines: () => said.map((line) => JSON.parse(line) as Line),
  }
}

type World = Awaited<ReturnType<typeof openWithLog>>

/** Takes a table away while something is done, as no release of the shop does. */
async function withoutCategories<T>({ chat }: World, deed: () => Promise<T>): Promise<T> {
  const rename = (sql: string) =>
    chat.shop.db.write((tx) => tx.run({ sql, values: [] } satisfies Bound<unknown>))
  rename('alter table categories rename to lost')
  const result = await deed()
  rename('alter table lost rename to categories')
  return result
}

test('an error somebody saw in the panel is found by its id, with all that its request did', async () => {
  const world = await openWithLog()
  const answer = await withoutCategories(world, () => world.call('GET', '/api/products?search=tea'))
  expect(answer.status).toBe(500)
  const { id, message } = (await answer.json()) as { id: string; message: string }
  expect(message).toContain(id)

  const error = world.lines().find((line) => line.id === id)
  expect(error).toMatchObject({ msg: 'a request failed', request: answer.headers.get('x-request-id') })
  const others = world.lines().filter((line) => line.request === error?.request && line !== error)
  const request = {
    msg: 'request',
    method: 'GET',
    route: '/api/products',
    status: 500,
    person: expect.any(Number),
  }
  expect(others.filter(({ id: own }) => own === undefined)).toMatchObject([request])
})

test('an error somebody saw in the chat is found by its id, with the update that led to it', async () => {
  const world = await openWithLog()
  const { chat } = world
  const ana = chat.telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
  await chat.say(ana, '/start')
  const toast = await withoutCategories(world, () => chat.tap(ana, 'Shop'))
  const id = /\(id (.+)\)/.exec(toast ?? '')?.[1]

  const error = world.lines().find((line) => line.id === id)
  expect(error).toMatchObject({ msg: 'an update failed', update: expect.any(Number) })
  const update = world.lines().find((line) => line.msg === 'update' && line.update === error?.update)
  expect(update).toMatchObject({ kind: 'callback_query', outcome: 'done', events: [] })
})

test('a request leads to its events, and they to the notices that followed; what only stood in line is not mixed in', async () => {
  const world = await openWithLog()
  const { chat } = world
  await chat.say(chat.telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' }), '/start')
  const { id } = givenOrder(chat.shop, { person: existing(findPersonByTelegramId(chat.shop.db, 501)) })
  await chat.settled()
  const answer = await world.call('POST', `/api/orders/${id}/steps`, { step: 'accept', version: 1 })
  expect(answer.status).toBe(200)
  await chat.settled()

  const request = world.lines().find((line) => line.request === answer.headers.get('x-request-id'))
  expect(request).toMatchObject({
    route: '/api/orders/:number/steps',
    status: 200,
    events: [expect.any(Number)],
  })
  const notices = world.lines().filter(({ msg, event }) => msg === 'notice' && event === request?.events?.[0])
  expect(notices.map(({ order, channel, outcome }) => ({ order, channel, outcome }))).toContainEqual({
    order: id,
    channel: 'telegram',
    outcome: 'sent',
  })
  for (const notice of notices) expect(notice).not.toHaveProperty('request')
})

test('every answer has an id of its own; whether the shop is alive is asked too often to be logged, and no address is', async () => {
  const world = await openWithLog()
  const before = world.lines().length
  const ids: (string | null)[] = []
  for (const path of [
    '/healthz',
    '/readyz',
    '/nowhere/Rua-Nova-1?phone=912345678',
    '/api/orders?search=Ana',
    '/app',
  ])
    ids.push((await world.call('GET', path)).headers.get('x-request-id'))
  const live = await world.call('GET', '/api/stream')
  await live.body?.cancel()
  ids.push(live.headers.get('x-request-id'))
  expect(new Set(ids).size).toBe(6)
  for (const id of ids) expect(id).toMatch(/^[\w-]{8}-\w+$/)
  const requests = world
    .lines()
    .slice(before)
    .filter(({ msg }) => msg === 'request')
  expect(requests.map(({ route, request }) => ({ route, request }))).toEqual([
    { route: expect.not.stringContaining('Rua'), request: ids[2] },
    { route: '/api/orders', request: ids[3] },
    { route: expect.stringContaining('/app'), request: ids[4] },
    { route: '/api/stream', request: ids[5] },
  ])
})
