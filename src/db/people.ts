import { sql as raw, type Selectable } from 'kysely'
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

const updateEmail = statement<{ id: number; email: string | null }>()((p) =>
  sql.updateTable('people').set({ email: p.email }).where('id', '=', p.id).where('email', 'is not', p.email),
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

const staffWithSeen = statement()(() =>
  sql
    .selectFrom('staff')
    .innerJoin('people', 'people.id', 'staff.person_id')
    .where('staff.active', '=', 1)
    .select([
      'staff.person_id',
      'people.name',
      'people.username',
      'people.reach',
      'staff.role',
      'staff.added_at',
      raw<number | null>`nullif(max(
        case people.reach when 'unknown' then 0 else people.seen_at end,
        coalesce((select max(seen_at) from sessions where sessions.person_id = people.id), 0)), 0)`.as(
        'seen_at',
      ),
    ])
    .orderBy('staff.added_at')
    .orderBy('staff.person_id'),
)

const ownersBeside = statement<{ personId: number }>()((p) =>
  sql
    .selectFrom('staff')
    .select('person_id')
    .where('active', '=', 1)
    .where('role', '=', 'owner')
    .where('person_id', '<>', p.personId)
    .limit(1),
)

const dropStaff = statement<{ personId: number }>()((p) =>
  sql.updateTable('staff').set({ active: 0 }).where('person_id', '=', p.personId).where('active', '=', 1),
)

const formerStaff = statement<{ personId: number }>()((p) =>
  sql.selectFrom('staff').select('role').where('person_id', '=', p.personId).where('active', '=', 0),
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

/** Sets where a person gets mails, null for nowhere. Returns whether that changed. */
export function setPersonEmail(tx: Tx, id: number, email: string | null): boolean {
  return tx.run(updateEmail({ id, email })).changes === 1
}

export function listStaff(db: Reader): StaffRow[] {
  return db.all(activeStaff({}))
}

/** The staff member with this person id, or undefined for anybody else and for removed staff. */
export function findStaff(db: Reader, personId: number): StaffRow | undefined {
  return db.first(staffMember({ personId }))
}

/** A member of staff as the list of them shows it. */
export type StaffMemberRow = Pick<PersonRow, 'name' | 'username' | 'reach'> &
  Pick<StaffRow, 'person_id' | 'role'> & { added_at: number; seen_at: number | null }

/** All staff in the order they came, with when they last wrote to the bot or used the panel, null before that. */
export function listStaffMembers(db: Reader): StaffMemberRow[] {
  return db.all(staffWithSeen({}))
}

/** Whether there is an owner besides this person. */
export function hasOtherOwner(db: Reader, personId: number): boolean {
  return db.first(ownersBeside({ personId })) !== undefined
}

/** Takes a person's role. Returns false when they had none. */
export function removeStaff(tx: Tx, personId: number): boolean {
  return tx.run(dropStaff({ personId })).changes === 1
}

/** The role that a removed member had, or undefined for anybody else. */
export function findFormerRole(db: Reader, personId: number): Role | undefined {
  return db.first(formerStaff({ personId }))?.role
}

/** Gives a person a role, whether or not they had one. */
export function saveStaff(tx: Tx, member: { personId: number; role: Role; now: number }): void {
  tx.run(putStaff(member))
}
