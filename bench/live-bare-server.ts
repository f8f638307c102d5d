import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { sayHello } from './child.ts'

/** The floor of the live stream: Hono's streamSSE, which tells all panels a text as long as the shop's, nothing else. */
const streams = new Set<SSEStreamingApi>()
const data = JSON.stringify({ text: 'x'.repeat(Number(process.argv[2])) })
let id = 0

const app = new Hono()
app.get('/api/stream', (c) =>
  streamSSE(c, async (stream) => {
    streams.add(stream)
    await stream.writeSSE({ event: 'hello', data: '{}' })
    await new Promise<void>((resolve) => stream.onAbort(resolve))
    streams.delete(stream)
  }),
)

process.on('message', () => {
  const at = performance.timeOrigin + performance.now()
  id += 1
  for (const stream of streams) void stream.writeSSE({ id: String(id), event: 'change', data })
  process.send?.(at)
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => {
  sayHello({ port: (server.address() as AddressInfo).port, token: 'none' })
})
