import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Reach, Role, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type PersonRow = Selectable<Tables['people']>

export interface StaffRow {
  person_id: number
  telegram_id: number
  name: string
  language: string
  role: Role
}

const byId = statement<{ id: number }>()((p) => sql.selectFrom('people').selectAll().where('id', '=', p.id))

const byTelegramId = statement<{ telegramId: number }>()((p) =>
  sql.selectFrom('people').selectAll().where('telegram_id', '=', p.telegramId),
)

const insertPerson = statement<{
  telegramId: number
  name: string
  username: string | null
  language: string
  reach: Reach
  now: number
}>()((p) =>
  sql.insertInto('people').values({
    telegram_id: p.telegramId,
    name: p.name,
    username: p.username,
    language: p.language,
    reach: p.reach,
    created_at: p.now,
    seen_at: p.now,
  }),
)

const updateSeen = statement<{
  id: number
  name: string
  username: string | null
  language: string
  now: number
}>()((p) =>
  sql
    .updateTable('people')
    .set({ name: p.name, username: p.username, language: p.language, seen_at: p.now })
    .where('id', '=', p.id),
)

const updateReach = statement<{ id: number; reach: Reach }>()((p) =>
  sql.updateTable('people').set({ reach: p.reach }).where('id', '=', p.id).where('reach', '<>', p.reach),
)

const updateContact = statement<{ id: number; phone: string | null; address: string | null }>()((p) =>
  sql
    .updateTable('people')
    .set((eb) => ({
      phone: eb.fn.coalesce(eb.val(p.phone), 'phone'),
      address: eb.fn.coalesce(eb.val(p.address), 'address'),
    }))
    .where('id', '=', p.id),
)

const activeStaff = statement()(() =>
  sql
    .selectFrom('staff')
    .innerJoin('people', 'people.id', 'staff.person_id')
    .where('staff.active', '=', 1)
    .select(['staff.person_id', 'people.telegram_id', 'people.name', 'people.language', 'staff.role'])
    .orderBy('staff.person_id'),
)

const staffMember = statement<{ personId: number }>()((p) =>
  sql
    .selectFrom('staff')
    .innerJoin('people', 'people.id', 'staff.person_id')
    .where('staff.person_id', '=', p.personId)
    .where('staff.active', '=', 1)
    .select(['staff.person_id', 'people.telegram_id', 'people.name', 'people.language', 'staff.role']),
)

const putStaff = statement<{ personId: number; role: Role; now: number }>()((p) =>
  sql
    .insertInto('staff')
    .values({ person_id: p.personId, role: p.role, added_at: p.now })
    .onConflict((oc) => oc.column('person_id').doUpdateSet({ role: p.role, active: 1 })),
)

export function findPerson(db: Reader, id: number): PersonRow | undefined {
  return db.first(byId({ id }))
}

export function findPersonByTelegramId(db: Reader, telegramId: number): PersonRow | undefined {
  return db.first(byTelegramId({ telegramId }))
}

/** Adds a person and returns the new id. */
export function addPerson(tx: Tx, person: Parameters<typeof insertPerson>[0]): number {
  return tx.run(insertPerson(person)).id
}

export function setPersonSeen(tx: Tx, seen: Parameters<typeof updateSeen>[0]): void {
  tx.run(updateSeen(seen))
}

/** Returns whether the reach changed. */
export function setReach(tx: Tx, id: number, reach: Reach): boolean {
  return tx.run(updateReach({ id, reach })).changes === 1
}

/** Remembers a phone number or an address for the next order; null leaves what is there. */
export function rememberContact(
  tx: Tx,
  id: number,
  contact: { phone: string | null; address: string | null },
): void {
  tx.run(updateContact({ id, ...contact }))
}

export function listStaff(db: Reader): StaffRow[] {
  return db.all(activeStaff({}))
}

/** The staff member with this person id, or undefined for anybody else and for removed staff. */
export function findStaff(db: Reader, personId: number): StaffRow | undefined {
  return db.first(staffMember({ personId }))
}

/** Gives a person a role, whether or not they had one. */
export function saveStaff(tx: Tx, member: { personId: number; role: Role; now: number }): void {
  tx.run(putStaff(member))
}
