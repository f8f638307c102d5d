import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { sayHello } from './child.ts'
import { openRaw } from './raw-step.ts'

/** The floor of a read over HTTP: Hono, the shop's own query prepared by hand, and its rows as they come. */
const [file = ''] = process.argv.slice(2)
const db = openRaw(file)
const page = db.prepare(
  `select id, stage, fulfilment, payment, version, needs_review, unanswered_since, currency, total_minor, item_count,
     customer_name, delivery_method, address, payment_method, placed_at, updated_at, assigned_to,
     (select name from people where people.id = orders.assigned_to) as assignee
   from orders where stage = +? and id < +? order by id desc limit +?`,
)

const app = new Hono()
app.get('/api/orders', (c) => {
  const { stage = '', before = Number.MAX_SAFE_INTEGER, limit = 50 } = c.req.query()
  const orders = page.all(stage, Number(before), Number(limit)) as { id: number }[]
  return c.json({ orders, next: orders.at(-1)?.id ?? null })
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => {
  sayHello({ port: (server.address() as AddressInfo).port, token: 'none' }, () => db.close())
})
