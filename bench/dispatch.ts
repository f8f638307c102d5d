import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { settableClock } from '../src/lib/clock.ts'
import { createLog } from '../src/lib/log.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import type { Outcome } from '../src/shop/notifications/channel.ts'
import { createDispatcher } from '../src/shop/notifications/dispatcher.ts'
import type { Shop } from '../src/shop/work.ts'
import { compareFiles } from './compare-files.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'
import { openBenchShop } from './open-shop.ts'
import { createRawDispatch } from './raw-dispatch.ts'
import { openRaw } from './raw-step.ts'

const TABLES = ['notices', 'notice_attempts', 'notice_tallies']
const SIZES = {
  full: { batch: 400, rounds: 24 },
  quick: { batch: 200, rounds: 6 },
  smallest: { batch: 8, rounds: 1 },
}

/** Notices to a channel that takes each at once: the dispatcher against its statements by hand and the same calls. */
export function benchDispatch(size: Size): Promise<Result[]> {
  const { batch, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = (name: string) => join(folder, `${name}.db`)
    const clock = settableClock()
    fillShop(file('shop'), { orders: batch * (rounds + 2), customers: batch * (rounds + 2) })
    planNotices(file('shop'), { batch, after: clock.now() })
    copyFileSync(file('shop'), file('floor'))
    const shop = openBenchShop(file('shop'), clock)
    const raw = openRaw(file('floor'))
    const ours = throughDispatcher(shop, batch)
    const rawDispatch = createRawDispatch(raw, { clock, send: createSend() })
    const floor: Side = { run: () => rawDispatch(batch) }
    // A batch more falls due each time.
    const next = () => clock.advance(1)
    await takeTurns(ours, floor, 2, next)
    const measured = await takeTurns(ours, floor, rounds, next)
    shop.db.close()
    compareFiles(raw, file('shop'), TABLES)
    raw.close()
    return [rateResult('notices through the dispatcher', measured, {}, 'notices/s')]
  })
}

/** That each order was accepted is yet to be told to its customer; of each batch one millisecond after the one before. */
function planNotices(file: string, { batch, after }: { batch: number; after: number }): void {
  const db = new Sqlite(file)
  db.prepare(
    `insert into events (order_id, type, at, actor_kind, actor_id, actor_name, source, from_fulfilment, from_payment)
     select id, 'accepted', @after, 'staff', 1, 'Person 1', 'panel', 'placed', payment from orders order by id`,
  ).run({ after })
  db.prepare(
    `insert into notices (event_id, order_id, person_id, channel, recipient, kind, card, state, lane, planned_at, due_at,
       created_at, updated_at)
     select events.id, orders.id, person_id, 'telegram', 'telegram:' || person_id, 'order_accepted', 0, 'waiting', 0,
       @after, @after + 1 + (orders.id - (select min(id) from orders)) / cast(@batch as integer), @after, @after
     from orders join events on events.order_id = orders.id and events.type = 'accepted' order by orders.id`,
  ).run({ after, batch })
  db.close()
}

function createSend(): () => Promise<Outcome & { kind: 'sent' }> {
  let messageId = 0
  return async () => {
    messageId += 1
    return { kind: 'sent', answer: 'ok', messageId }
  }
}

function throughDispatcher(shop: Shop, batch: number): Side {
  const dispatcher = createDispatcher({
    shop,
    senders: { telegram: createSend() },
    log: createLog('error'),
    metrics: createMetrics(),
  })
  dispatcher.start()
  return {
    async run() {
      dispatcher.nudge()
      await dispatcher.idle()
      return batch
    },
  }
}
