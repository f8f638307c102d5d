import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { givenFolder, givenShop } from '../../tests/given.ts'
import { listCart } from './checkout.ts'
import { openDatabase, type Reader } from './database.ts'
import { findByRequestKey, findLastChange, listEvents, listEventsAfter } from './events.ts'
import { listPendingUpdates } from './inbox.ts'
import { lockFolder } from './lock.ts'
import { migrate, schemaChange } from './migrate.ts'
import { listOldestOrders, listOrders, listOrdersOfPerson, listOverdueOrders } from './order-lists.ts'
import { listLineItems } from './orders.ts'
import { listDueNotices, nextDueAt } from './outbox.ts'
import { findPersonByTelegramId } from './people.ts'
import { listNoticesOfOrder } from './proof.ts'
import { findSessionStaff } from './sessions.ts'
import { readSetting, saveSetting } from './settings.ts'

describe('a transaction', () => {
  it('is undone as a whole when anything in it throws', () => {
    const { db } = givenShop()
    const fail = () =>
      db.write((tx) => {
        saveSetting(tx, 'a', '1')
        throw new Error('no')
      })
    expect(fail).toThrow('no')
    expect(readSetting(db, 'a')).toBeUndefined()
    db.write((tx) => saveSetting(tx, 'a', '2'))
    expect(readSetting(db, 'a')).toBe('2')
  })

  it('cannot wait, and cannot be begun inside another', () => {
    const { db } = givenShop()
    expect(() => db.write(async (tx) => saveSetting(tx, 'a', '1'))).toThrow('cannot wait')
    expect(() => db.write(() => db.write(() => undefined))).toThrow('inside write()')
    expect(readSetting(db, 'a')).toBeUndefined()
  })

  it('is on disk when it returns: full synchronisation, checked after the first write', () => {
    const { db } = givenShop()
    db.write((tx) => saveSetting(tx, 'a', '1'))
    const pragma = (name: string) => db.first({ sql: `pragma ${name}`, values: [] })
    expect(pragma('synchronous')).toEqual({ synchronous: 2 })
    expect(pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(pragma('foreign_keys')).toEqual({ foreign_keys: 1 })
  })

  it('gives back the room that a large one took in the log', () => {
    const { db, folder } = givenShop()
    const logBytes = () => statSync(join(folder, 'shop.db-wal')).size
    db.write((tx) => saveSetting(tx, 'import', 'x'.repeat(17 * 1024 * 1024)))
    expect(logBytes()).toBeGreaterThan(17 * 1024 * 1024)
    db.checkpoint()
    db.write((tx) => saveSetting(tx, 'a', '1'))
    expect(logBytes()).toBe(16 * 1024 * 1024)
  })
})

describe('migrations', () => {
  function folderWith(files: Record<string, string>): string {
    const folder = join(givenFolder(), 'migrations')
    mkdirSync(folder)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }

  const first = { '0001_a.sql': 'create table a (id integer primary key) strict; insert into a values (1);' }

  it('run once, each wholly or not at all', () => {
    const data = givenFolder()
    const path = join(data, 'shop.db')
    expect(migrate(path, folderWith(first))).toEqual(['0001_a.sql'])
    expect(migrate(path, folderWith(first))).toEqual([])
    const broken = folderWith({
      ...first,
      '0002_b.sql': 'create table b (id integer); insert into nowhere values (1);',
    })
    expect(() => migrate(path, broken)).toThrow('0002_b.sql failed; the file is as it was')
    const db = openDatabase(path)
    expect(db.first({ sql: 'pragma user_version', values: [] })).toEqual({ user_version: 1 })
    expect(db.all({ sql: "select name from sqlite_schema where name = 'b'", values: [] })).toEqual([])
    db.close()
  })

  it('say beforehand whether a file with data is about to change', () => {
    const path = join(givenFolder(), 'shop.db')
    const more = folderWith({ ...first, '0002_b.sql': 'create table b (id integer) strict;' })
    expect(schemaChange(path, more)).toBeUndefined()
    migrate(path, folderWith(first))
    expect(schemaChange(path, folderWith(first))).toBeUndefined()
    expect(schemaChange(path, more)).toBe(2)
    migrate(path, more)
    expect(schemaChange(path, more)).toBeUndefined()
  })

  it('refuse a newer file, and an edited migration', () => {
    const path = join(givenFolder(), 'shop.db')
    migrate(path, folderWith({ ...first, '0002_b.sql': 'create table b (id integer) strict;' }))
    expect(() => migrate(path, folderWith(first))).toThrow('Start the newer program')
    const edited = folderWith({
      '0001_a.sql': 'create table a (id text);',
      '0002_b.sql': 'create table b (id integer) strict;',
    })
    expect(() => migrate(path, edited)).toThrow('0001_a.sql was edited')
  })
})

describe('the lock', () => {
  it('has one owner, and is free when the owner lets go', () => {
    const path = join(givenFolder(), 'shop.lock')
    const unlock = lockFolder(path)
    expect(() => lockFolder(path)).toThrow('Another LittleShop process')
    unlock()
    lockFolder(path)()
  })
})

describe('hot queries', () => {
  const page = { limit: 50, before: 5_000 }
  const queries: [string, (db: Reader) => unknown][] = [
    ['orders of a stage', (db) => listOrders(db, { ...page, stage: 'placed' })],
    ['the oldest of a stage', (db) => listOldestOrders(db, { stage: 'placed', after: 0, limit: 10 })],
    ['orders', (db) => listOrders(db, page)],
    ['orders of a person', (db) => listOrdersOfPerson(db, 1, page)],
    ['overdue orders', (db) => listOverdueOrders(db, 1, 50)],
    ['line items', (db) => listLineItems(db, 1001)],
    ['events of an order', (db) => listEvents(db, 1001)],
    ['last change of an order', (db) => findLastChange(db, 1001)],
    ['events after', (db) => listEventsAfter(db, 1, 50)],
    ['a repeated command', (db) => findByRequestKey(db, 'key')],
    ['due notices', (db) => listDueNotices(db, { channel: 'telegram', lane: 0, now: 1, limit: 32 })],
    ['the next notice', (db) => nextDueAt(db, { channel: 'telegram', lane: 0, now: 1 })],
    ['notices of an order', (db) => listNoticesOfOrder(db, 1001)],
    ['a session', (db) => findSessionStaff(db, 'hash', 1)],
    ['a person', (db) => findPersonByTelegramId(db, 1)],
    ['a cart', (db) => listCart(db, 1)],
    ['pending updates', (db) => listPendingUpdates(db)],
  ]

  it.each(queries)('for %s use an index', (_name, run) => {
    const { db } = givenShop()
    const plans: string[] = []
    const explain = <Q>(query: Q) => {
      plans.push(...db.plan(query as never))
      return query
    }
    run({
      all: (query) => db.all(explain(query)),
      first: (query) => db.first(explain(query)),
      keep: (query) => db.all(explain(query)),
    })
    expect(plans).not.toEqual([])
    // Partial indexes of what is in hand are a handful of rows, and are read whole.
    expect(plans.join('\n')).not.toMatch(
      /SCAN (?!.*USING (COVERING )?INDEX (updates_pending|notices_sending))/,
    )
  })
})
