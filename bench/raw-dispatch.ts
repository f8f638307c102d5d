import type Sqlite from 'better-sqlite3'
import type { Clock } from '../src/lib/clock.ts'
import { bucketOf } from '../src/shop/notifications/settle.ts'

const AT_ONCE = 4
const LOOK_AHEAD = 32
const HOUR_MS = 3_600_000

interface Parts {
  clock: Clock
  send: () => Promise<{ answer: string; messageId?: number }>
}

interface Notice {
  id: number
  event_id: number
  order_id: number
  person_id: number
  planned_at: number
}

/** The floor of the dispatcher: notices are claimed, looked up, handed over and written down, four at once, and nothing else. */
export function createRawDispatch(db: Sqlite.Database, { clock, send }: Parts) {
  const on = prepareAll(db)

  function claim(): Notice[] {
    const due = on.due.all(clock.now(), LOOK_AHEAD).slice(0, AT_ONCE) as Notice[]
    if (due.length === 0) return due
    on.begin.run()
    for (const { id } of due) on.claim.run('floor', clock.now(), id)
    on.commit.run()
    return due
  }

  async function tell(notice: Notice) {
    for (const read of [on.event.get(notice.event_id), on.person.get(notice.person_id)])
      if (!read) throw new Error('gone')
    on.staff.get(notice.person_id)
    on.order.get(notice.order_id)
    on.items.all(notice.order_id)
    return { notice, answer: await send() }
  }

  function keep(told: Awaited<ReturnType<typeof tell>>[]): void {
    const now = clock.now()
    on.begin.run()
    for (const { notice, answer } of told) {
      on.attempt.run(notice.id, now, answer.answer)
      on.sent.run(answer.messageId, now, now, notice.id)
      on.tally.run(Math.floor(now / HOUR_MS), bucketOf(now - notice.planned_at))
    }
    on.commit.run()
  }

  return async (count: number): Promise<number> => {
    let done = 0
    for (let due = claim(); due.length > 0; due = claim()) {
      keep(await Promise.all(due.map(tell)))
      done += due.length
    }
    if (done !== count) throw new Error(`${done} of ${count} notices were due`)
    return done
  }
}

function prepareAll(db: Sqlite.Database) {
  return {
    begin: db.prepare('begin immediate'),
    commit: db.prepare('commit'),
    due: db.prepare(
      `select * from notices where state = 'waiting' and channel = 'telegram' and lane = 0 and due_at <= +?
         and recipient not in (select recipient from notices where state = 'sending') order by due_at, id limit +?`,
    ),
    claim: db.prepare(
      `update notices set state = 'sending', lease = +?, attempts = attempts + 1, updated_at = +? where id = +?`,
    ),
    event: db.prepare('select * from events where id = +?'),
    person: db.prepare('select * from people where id = +?'),
    staff: db.prepare('select * from staff where person_id = +? and active = 1'),
    order: db.prepare('select * from orders where id = +?'),
    items: db.prepare('select * from line_items where order_id = +? order by id'),
    attempt: db.prepare(
      `insert into notice_attempts (notice_id, at, took_ms, outcome, answer) values (+?, +?, 0, 'sent', +?)`,
    ),
    sent: db.prepare(
      `update notices set state = 'sent', message_id = +?, sent_at = +?, last_error = null, lease = null,
         updated_at = +? where id = +?`,
    ),
    tally: db.prepare(
      `insert into notice_tallies (hour, channel, outcome, bucket, count) values (+?, 'telegram', 'sent', +?, 1)
       on conflict (hour, channel, outcome, bucket) do update set count = count + 1`,
    ),
  }
}
