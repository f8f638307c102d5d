import type { AddressInfo } from 'node:net'
import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { suiteLog } from '../../../tests/suite-log.ts'
import { createMetrics } from '../../lib/metrics.ts'
import { listen } from '../server.ts'
import { limitBody } from './limit-body.ts'
import { answerProblems } from './problems.ts'

let server: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  const app = new OpenAPIHono()
  app.onError(answerProblems({ log: suiteLog(), metrics: createMetrics() }))
  app.use(limitBody(10))
  app.post('/', async (c) => c.text(String((await c.req.text()).length)))
  server = await listen(app, 0, '127.0.0.1')
})

afterAll(() => server.close())

async function post(body: string | ReadableStream): Promise<string> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const response = await fetch(url, { method: 'POST', body, ...{ duplex: 'half' } })
  return `${response.status} ${await response.text()}`
}

it('refuses a body that is too long, whether or not it says so beforehand', async () => {
  expect(await post('x'.repeat(10))).toBe('200 10')
  expect(await post('x'.repeat(11))).toMatch(/^400 .*too much/)
  expect(await post(new Blob(['x'.repeat(10)]).stream())).toBe('200 10')
  expect(await post(new Blob(['x'.repeat(11)]).stream())).toMatch(/^400 .*too much/)
})
