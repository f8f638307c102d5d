import type { Selectable } from 'kysely'
import type { Reader } from './database.ts'
import { UNREACHABLE } from './proof-reach.ts'
import type { Channel, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** How many notices of a channel ended in this way. */
export type TallyRow = Omit<Selectable<Tables['notice_tallies']>, 'hour'>

const talliesBetween = statement<{ from: number; to: number }>()((p) =>
  sql
    .selectFrom('notice_tallies')
    .select((eb) => ['channel', 'outcome', 'bucket', eb.fn.sum<number>('count').as('count')])
    .where('hour', '>=', p.from)
    .where('hour', '<', p.to)
    .groupBy(['channel', 'outcome', 'bucket']),
)

const troubles = statement<{ from: string; to: string; limit: number }>()((p) =>
  sql
    .selectFrom('events')
    .select(['id', 'at', 'data'])
    .where('request_key', '>=', p.from)
    .where('request_key', '<', p.to)
    .orderBy('request_key', 'desc')
    .limit(p.limit),
)

const countWaiting = statement<{ channel: Channel }>()((p) =>
  sql
    .selectFrom('notices')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'waiting')
    .where('channel', '=', p.channel)
    .where('lane', 'in', [0, 1, 2, 3])
    .where('sent_at', 'is', null),
)

const countDead = statement()(() =>
  sql
    .selectFrom('notices')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'dead'),
)

const countUnreachable = statement()(() =>
  sql
    .selectFrom('notices')
    .leftJoin('people', 'people.id', 'notices.person_id')
    .leftJoin('devices', 'devices.id', 'notices.device_id')
    .leftJoin('staff_groups', 'staff_groups.id', 'notices.group_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('notices.state', '=', 'dead')
    .where(UNREACHABLE),
)

/** What ended from hour `from` to before hour `to` (hours since 1970), summed up. */
export function listTallies(db: Reader, hours: { from: number; to: number }): TallyRow[] {
  return db.all(talliesBetween(hours))
}

/** A wrong setting of the shop's own that staff were told of. */
export type TroubleRow = Pick<Selectable<Tables['events']>, 'id' | 'at' | 'data'>

/** A channel's troubles since this hour, newest first: they are told once an hour, under a key that says so. */
export function listTroubles(
  db: Reader,
  of: { channel: Channel; sinceHour: number; limit: number },
): TroubleRow[] {
  const prefix = `trouble:${of.channel}:`
  return db.all(troubles({ from: `${prefix}${of.sinceHour}`, to: `${prefix}~`, limit: of.limit }))
}

/** How many notices of a channel have yet to leave for the first time. */
export function countWaitingNotices(db: Reader, channel: Channel): number {
  return db.first(countWaiting({ channel }))?.count ?? 0
}

export function countDeadNotices(db: Reader): number {
  return db.first(countDead({}))?.count ?? 0
}

/** How many of the dead letters are for somebody who cannot be reached. */
export function countUnreachableDead(db: Reader): number {
  return db.first(countUnreachable({}))?.count ?? 0
}
