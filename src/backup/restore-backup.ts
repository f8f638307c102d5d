import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { examineDatabase, skipNumbers } from '../db/copy-database.ts'
import { lockFolder } from '../db/lock.ts'
import { newestSchema } from '../db/migrate.ts'
import { ShopError } from '../lib/shop-error.ts'
import { openBackup } from './backup-file.ts'
import { SEALED } from './backup-name.ts'
import { fetchFiles } from './fetch-files.ts'
import { hashFile } from './hash-file.ts'
import type { Manifest } from './manifest.ts'
import { requireRoom } from './require-room.ts'
import type { Store } from './store.ts'
import { swapIn } from './swap-in.ts'

/** Orders, payments and notices made after the backup had numbers, too; no new one is to be taken for one of them. */
const NUMBERS_SKIPPED = 1_000

export interface RestoreWish {
  dataDir: string
  store: Store
  name: string
  key: string | undefined
  /** Goes on when pictures or receipts are missing. */
  withoutMissingFiles: boolean
  now: number
  /** Is told each step. */
  say(line: string): void
}

/**
 * Puts a backup in the place of the shop's data. All of it is fetched and checked before anything is replaced, and what was
 * there is kept aside. Throws a ShopError with what is wrong; nothing has changed then, unless it is HalfReplaced.
 */
export async function restoreBackup(wish: RestoreWish): Promise<void> {
  const { dataDir, now, say } = wish
  await mkdir(dataDir, { recursive: true })
  const unlock = lockFolder(join(dataDir, 'shop.lock'))
  const fresh = join(dataDir, 'restoring')
  try {
    await rm(fresh, { recursive: true, force: true })
    await mkdir(fresh)
    await fetchInto(fresh, wish)
    skipNumbers(join(fresh, 'shop.db'), NUMBERS_SKIPPED)
    const aside = await swapIn(dataDir, fresh, now)
    if (aside) say(`What was there before is kept in ${aside}. Remove it once all is well.`)
    say(`The backup is in place. The numbers of new orders go on ${NUMBERS_SKIPPED} further. Start the shop.`)
  } finally {
    await rm(fresh, { recursive: true, force: true })
    unlock()
  }
}

async function fetchInto(fresh: string, wish: RestoreWish): Promise<void> {
  const { store, name, key, dataDir, say } = wish
  say(`Reading ${name} …`)
  const sealed = name.endsWith(SEALED)
  const { about, database } = await openBackup(await store.read(name), { sealed, key })
  say(describe(about))
  refuseNewer(about)
  await requireRoom(dataDir, about.database.size + about.files.reduce((sum, { size }) => sum + size, 0))
  const path = join(fresh, 'shop.db')
  await pipeline(database, createWriteStream(path, { mode: 0o600, flush: true }))
  await check(path, about)
  say('The database is whole: every page was read, and it holds what the backup says.')
  await fetchFiles(about.files, { ...wish, key: sealed ? key : undefined, folder: fresh })
}

function describe({ madeAt, reason, program, schema, database, files }: Manifest): string {
  const { counts, lastOrderAt } = database
  const last = lastOrderAt === null ? '' : `, the last of ${moment(lastOrderAt)}`
  return `Made ${moment(madeAt)} (${reason}) by LittleShop ${program}, schema ${schema}: ${counts.orders ?? 0} orders${last}; ${counts.people ?? 0} people, ${counts.products ?? 0} products, ${files.length} pictures and receipts.`
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function refuseNewer({ schema, program }: Manifest): void {
  const known = newestSchema()
  if (schema <= known) return
  throw new ShopError(
    'invalid',
    `The backup has schema ${schema}, this program knows ${known}. Install LittleShop ${program} or newer, and restore with that.`,
  )
}

async function check(path: string, { schema, database }: Manifest): Promise<void> {
  const { sha256 } = await hashFile(path)
  if (sha256 !== database.sha256) throw damaged('its database is not the one that was backed up')
  const found = examine(path)
  const differs = Object.keys(database.counts).find((table) => found.counts[table] !== database.counts[table])
  if (differs) throw damaged(`it holds ${found.counts[differs]} ${differs}, not ${database.counts[differs]}`)
  if (found.schema !== schema) throw damaged(`it has schema ${found.schema}, not ${schema}`)
}

function examine(path: string) {
  try {
    return examineDatabase(path)
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error))
  }
}

function damaged(why: string): ShopError {
  return new ShopError('invalid', `This backup is damaged: ${why}.`)
}
