import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sayHello } from './child.ts'

/** Stands for Telegram and for a push service at once: takes everything at once, and remembers when it came. Asked for a number of arrivals, it hands over as many as soon as they are there. */
const arrivals: { path: string; at: number }[] = []
let asked = Number.POSITIVE_INFINITY
let messages = 0

function handOver(): void {
  if (arrivals.length < asked) return
  process.send?.(arrivals.splice(0, asked))
  asked = Number.POSITIVE_INFINITY
}

const server = createServer((request, response) => {
  arrivals.push({ path: request.url ?? '', at: performance.timeOrigin + performance.now() })
  handOver()
  request.resume().on('end', () => {
    if (request.url?.startsWith('/push/')) return void response.writeHead(201).end()
    messages += 1
    const result = { message_id: messages, date: 0, chat: { id: 1, type: 'private' } }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }))
  })
})
server.keepAliveTimeout = 65_000

process.on('message', (count: number) => {
  asked = count
  handOver()
})
server.listen(0, '127.0.0.1', () => {
  sayHello({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
