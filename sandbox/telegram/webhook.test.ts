import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startTelegram, type Telegram } from './driver.ts'
import { call } from './fixtures.ts'
import { readBody } from './read-request.ts'

const clock = settableClock()
let telegram: Telegram
let server: Server
let url: string
let statuses: number[]
let received: { secret: unknown; update: Update }[]

beforeEach(async () => {
  telegram = await startTelegram({ clock })
  statuses = []
  received = []
  server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const update = JSON.parse(body.toString()) as Update
      received.push({ secret: request.headers['x-telegram-bot-api-secret-token'], update })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
})

afterEach(async () => {
  await telegram.stop()
  server.closeAllConnections()
  server.close()
})

test('delivers with the secret, what waited first', async () => {
  const ana = telegram.person({ id: 501, firstName: 'Ana' })
  await ana.send('early')
  await call(telegram, 'setWebhook', { url, secret_token: 'S3cret_-' })
  await ana.send('late')
  await telegram.idle()

  expect(received.map(({ secret, update }) => [secret, update.message?.text])).toEqual([
    ['S3cret_-', 'early'],
    ['S3cret_-', 'late'],
  ])
  expect(telegram.confirmedUpdateIds()).toHaveLength(2)
})

test('repeats what was not taken, holding back that chat alone', async () => {
  statuses = [500, 200, 502]
  await call(telegram, 'setWebhook', { url, max_connections: 1 })
  const refused = failures(1)
  await telegram.person({ id: 501, firstName: 'Ana' }).send('first')
  await refused
  await telegram.person({ id: 501, firstName: 'Ana' }).send('second')
  await telegram.person({ id: 502, firstName: 'Bo' }).send('other chat')
  await failures(1, () => received.length === 2)
  expect(await call(telegram, 'getWebhookInfo')).toMatchObject({
    result: { url, pending_update_count: 2, last_error_message: expect.stringContaining('500') },
  })

  clock.advance(1000)
  await failures(2)
  clock.advance(2000)
  await telegram.idle()
  const texts = received.map(({ update }) => update.message?.text)
  expect(texts).toEqual(['first', 'other chat', 'first', 'first', 'second'])
})

/** Until that many deliveries failed and were put off, or `also` holds with nothing under way. */
async function failures(count: number, also: () => boolean = () => true): Promise<void> {
  while (telegram.sandbox.webhook.failed() < count || !also()) await new Promise(setImmediate)
}
