import { Hono } from 'hono'
import type { FaultRule } from './faults.ts'
import type { Sandbox } from './sandbox.ts'

/** Faults, the log of calls, and the figures tests assert on. */
export function faultRoutes(sandbox: Sandbox): Hono {
  const { faults, updates, flood, calls } = sandbox
  const app = new Hono()
  app.get('/faults', (c) =>
    c.json({
      rules: faults.active(),
      updateDelay: faults.updateDelay(),
      duplicates: faults.duplicatesLeft(),
    }),
  )
  app.post('/faults', async (c) => {
    faults.answerNext(await c.req.json<FaultRule>())
    return c.json({ ok: true })
  })
  app.post('/faults/duplicate-updates', async (c) => {
    faults.duplicateUpdates((await c.req.json<{ count: number }>()).count)
    return c.json({ ok: true })
  })
  app.post('/faults/delay-updates', async (c) => {
    faults.delayUpdates((await c.req.json<{ ms: number }>()).ms)
    return c.json({ ok: true })
  })
  app.delete('/faults', (c) => {
    faults.clear()
    return c.json({ ok: true })
  })
  app.get('/calls', (c) => {
    const limit = Number(c.req.query('limit') ?? 200)
    return c.json(calls.list(c.req.query('method')).slice(-limit))
  })
  app.get('/updates', (c) =>
    c.json({ pending: updates.pending().map((queued) => queued.update), confirmed: updates.confirmedIds() }),
  )
  app.get('/flood', (c) => c.json({ violations: flood.violations(), limits: flood.limits ?? null }))
  app.get('/idle', async (c) => {
    await updates.idle()
    return c.json({ ok: true })
  })
  return app
}
