import type { Reader, Tx } from './database.ts'
import type { Flag, Role } from './schema.ts'
import { sql, statement } from './statement.ts'

/** How a member of staff wants to be told. */
export interface StaffWishRow {
  person_id: number
  role: Role
  timezone: string | null
  quiet_from: number | null
  quiet_to: number | null
  urgent_anyway: Flag
  daily_summary: Flag
}

export interface ChoiceRow {
  person_id: number
  topic: string
  channel: 'telegram' | 'push'
  wanted: Flag
}

const WISH_COLUMNS = [
  'person_id',
  'role',
  'timezone',
  'quiet_from',
  'quiet_to',
  'urgent_anyway',
  'daily_summary',
] as const

const members = statement()(() =>
  sql.selectFrom('staff').select(WISH_COLUMNS).where('active', '=', 1).orderBy('person_id'),
)

const choices = statement()(() => sql.selectFrom('notice_choices').selectAll())

const devices = statement()(() =>
  sql.selectFrom('devices').select(['id', 'person_id']).where('ended_at', 'is', null).orderBy('id'),
)

const groups = statement()(() =>
  sql.selectFrom('staff_groups').select('id').where('ended_at', 'is', null).orderBy('id'),
)

const wish = statement<{ personId: number }>()((p) =>
  sql.selectFrom('staff').select(WISH_COLUMNS).where('person_id', '=', p.personId).where('active', '=', 1),
)

const summaryReaders = statement()(() =>
  sql
    .selectFrom('staff')
    .innerJoin('people', 'people.id', 'staff.person_id')
    .select(WISH_COLUMNS)
    .where('staff.active', '=', 1)
    .where('staff.role', '=', 'owner')
    .where('daily_summary', '=', 1)
    .where('people.email', 'is not', null),
)

const choicesOf = statement<{ personId: number }>()((p) =>
  sql.selectFrom('notice_choices').selectAll().where('person_id', '=', p.personId),
)

const putChoice = statement<ChoiceParams>()((p) =>
  sql
    .insertInto('notice_choices')
    .values({ person_id: p.personId, topic: p.topic, channel: p.channel, wanted: p.wanted })
    .onConflict((oc) => oc.columns(['person_id', 'topic', 'channel']).doUpdateSet({ wanted: p.wanted })),
)

interface ChoiceParams {
  personId: number
  topic: string
  channel: 'telegram' | 'push'
  wanted: Flag
}

const dropChoice = statement<{ personId: number; topic: string; channel: 'telegram' | 'push' }>()((p) =>
  sql
    .deleteFrom('notice_choices')
    .where('person_id', '=', p.personId)
    .where('topic', '=', p.topic)
    .where('channel', '=', p.channel),
)

const putWish = statement<{
  personId: number
  timezone: string | null
  quietFrom: number | null
  quietTo: number | null
  urgentAnyway: Flag
  dailySummary: Flag
}>()((p) =>
  sql
    .updateTable('staff')
    .set({
      timezone: p.timezone,
      quiet_from: p.quietFrom,
      quiet_to: p.quietTo,
      urgent_anyway: p.urgentAnyway,
      daily_summary: p.dailySummary,
    })
    .where('person_id', '=', p.personId),
)

/** Everybody and everything that staff notices can go to. */
export function readAudienceRows(db: Reader) {
  return {
    members: db.all(members({})),
    choices: db.all(choices({})),
    devices: db.all(devices({})),
    groups: db.all(groups({})),
  }
}

export function findStaffWish(db: Reader, personId: number): StaffWishRow | undefined {
  return db.first(wish({ personId }))
}

/** Owners who wish a daily summary and gave an address to send it to. */
export function listSummaryReaders(db: Reader): StaffWishRow[] {
  return db.all(summaryReaders({}))
}

export function listChoices(db: Reader, personId: number): ChoiceRow[] {
  return db.all(choicesOf({ personId }))
}

export function saveChoice(tx: Tx, choice: ChoiceParams): void {
  tx.run(putChoice(choice))
}

/** Goes back to the default for this topic and channel. */
export function removeChoice(tx: Tx, choice: Parameters<typeof dropChoice>[0]): void {
  tx.run(dropChoice(choice))
}

export function saveStaffWish(tx: Tx, wishes: Parameters<typeof putWish>[0]): void {
  tx.run(putWish(wishes))
}
