import { Hono } from 'hono'
import type { Arrivals } from './arrivals.ts'

/** What lies on lock screens and in mailboxes. */
export function arrivalRoutes(arrivals: Arrivals): Hono {
  const app = new Hono()
  app.get('/pushes', (c) => c.json(arrivals.pushes()))
  app.delete('/pushes/:id', (c) => {
    if (arrivals.removePush(Number(c.req.param('id')))) return c.json({ ok: true })
    return c.json({ error: 'There is no such notification' }, 404)
  })
  app.get('/mails', (c) => c.json(arrivals.mails()))
  return app
}
