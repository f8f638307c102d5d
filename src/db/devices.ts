import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** A browser that gets web push; `endpoint` is null once that has ended. */
export type DeviceRow = Selectable<Tables['devices']>

export interface NewDevice {
  personId: number
  sessionHash: string
  name: string
  endpoint: string
  p256dh: string
  auth: string
  vapidKey: string
  now: number
}

// The same browser comes again at every start of the panel, perhaps with another person signed in.
const upsert = statement<NewDevice>()((p) =>
  sql
    .insertInto('devices')
    .values({
      person_id: p.personId,
      session_hash: p.sessionHash,
      name: p.name,
      endpoint: p.endpoint,
      p256dh: p.p256dh,
      auth: p.auth,
      vapid_key: p.vapidKey,
      created_at: p.now,
      seen_at: p.now,
    })
    .onConflict((oc) =>
      oc.column('endpoint').doUpdateSet({
        session_hash: p.sessionHash,
        name: p.name,
        p256dh: p.p256dh,
        auth: p.auth,
        vapid_key: p.vapidKey,
        seen_at: p.now,
      }),
    ),
)

const byEndpoint = statement<{ endpoint: string }>()((p) =>
  sql.selectFrom('devices').selectAll().where('endpoint', '=', p.endpoint),
)

const byId = statement<{ id: number }>()((p) => sql.selectFrom('devices').selectAll().where('id', '=', p.id))

const ofPerson = statement<{ personId: number }>()((p) =>
  sql
    .selectFrom('devices')
    .selectAll()
    .where('person_id', '=', p.personId)
    .where('ended_at', 'is', null)
    .orderBy('id'),
)

const ofSession = statement<{ sessionHash: string }>()((p) =>
  sql
    .selectFrom('devices')
    .selectAll()
    .where('session_hash', '=', p.sessionHash)
    .where('ended_at', 'is', null),
)

const withOtherKey = statement<{ vapidKey: string }>()((p) =>
  sql.selectFrom('devices').selectAll().where('vapid_key', '<>', p.vapidKey).where('ended_at', 'is', null),
)

const withoutSession = statement<{ now: number }>()((p) =>
  sql
    .selectFrom('devices')
    .selectAll()
    .where('ended_at', 'is', null)
    .where(
      raw<boolean>`not exists (select 1 from sessions where token_hash = session_hash and expires_at > ${p.now})`,
    ),
)

const end = statement<{ id: number; reason: string; now: number }>()((p) =>
  sql
    .updateTable('devices')
    .set({ endpoint: null, p256dh: '', auth: '', session_hash: null, ended_at: p.now, end_reason: p.reason })
    .where('id', '=', p.id)
    .where('ended_at', 'is', null),
)

const markDelivered = statement<{ id: number; now: number }>()((p) =>
  sql.updateTable('devices').set({ delivered_at: p.now }).where('id', '=', p.id),
)

/** Adds a browser, or brings the one with this endpoint up to date. */
export function saveDevice(tx: Tx, device: NewDevice): void {
  tx.run(upsert(device))
}

export function findDevice(db: Reader, id: number): DeviceRow | undefined {
  return db.first(byId({ id }))
}

export function findDeviceByEndpoint(db: Reader, endpoint: string): DeviceRow | undefined {
  return db.first(byEndpoint({ endpoint }))
}

/** The person's browsers that get web push. */
export function listDevices(db: Reader, personId: number): DeviceRow[] {
  return db.all(ofPerson({ personId }))
}

export function listDevicesOfSession(db: Reader, sessionHash: string): DeviceRow[] {
  return db.all(ofSession({ sessionHash }))
}

/** Browsers that subscribed with another VAPID key than `vapidKey`, which no push can reach any more. */
export function listDevicesOfOtherKey(db: Reader, vapidKey: string): DeviceRow[] {
  return db.all(withOtherKey({ vapidKey }))
}

/** Browsers whose session is over. */
export function listDevicesWithoutSession(db: Reader, now: number): DeviceRow[] {
  return db.all(withoutSession({ now }))
}

/** Forgets how to reach a browser; its name stays for the proof. Returns false when it had ended before. */
export function endDevice(tx: Tx, device: { id: number; reason: string; now: number }): boolean {
  return tx.run(end(device)).changes === 1
}

export function setDeviceDelivered(tx: Tx, device: { id: number; now: number }): void {
  tx.run(markDelivered(device))
}
