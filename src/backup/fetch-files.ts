import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ShopError } from '../lib/shop-error.ts'
import { hashFile } from './hash-file.ts'
import { keyOfFile, writeFileFrom } from './kept-files.ts'
import type { KeptFile } from './manifest.ts'
import type { Store } from './store.ts'

const SAY_EVERY = 200

interface From {
  store: Store
  key: string | undefined
  /** Where they are written. */
  folder: string
  withoutMissingFiles: boolean
  say(line: string): void
}

/** Fetches pictures and receipts. Throws a ShopError when some are missing or damaged, unless that does not matter. */
export async function fetchFiles(files: readonly KeptFile[], from: From): Promise<void> {
  const missing: string[] = []
  for (const [i, file] of files.entries()) {
    if (!(await fetchFile(file, from))) missing.push(file.path)
    if ((i + 1) % SAY_EVERY === 0) from.say(`${i + 1} of ${files.length} pictures and receipts …`)
  }
  if (missing.length === 0) return from.say(`${files.length} pictures and receipts are whole.`)
  const words = `${missing.length} of ${files.length} pictures and receipts are missing beside the backup or damaged, such as ${missing[0]}.`
  if (from.withoutMissingFiles) return from.say(`${words} The shop goes on without them.`)
  throw new ShopError(
    'invalid',
    `${words} They belong into the folder “files” beside the backups. To go on without them: --without-missing-files`,
  )
}

async function fetchFile({ path, sha256 }: KeptFile, { store, key, folder }: From): Promise<boolean> {
  const target = join(folder, path)
  try {
    await writeFileFrom(await store.read(keyOfFile(sha256, key)), target, key)
    if ((await hashFile(target)).sha256 === sha256) return true
  } catch (error) {
    if (isOurs(error)) throw error
  }
  await rm(target, { force: true })
  return false
}

/** A full disk or a bucket that cannot be reached is no fault of the file. */
function isOurs(error: unknown): boolean {
  if (error instanceof ShopError) return error.code !== 'not_found'
  return (error as NodeJS.ErrnoException).syscall !== undefined
}
