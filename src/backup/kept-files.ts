import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { syncFolder } from '../lib/sync-folder.ts'
import { SEALED } from './backup-name.ts'
import { filesIn, isMissing, openFolderStore } from './folder-store.ts'
import { hashFile } from './hash-file.ts'
import { KEPT_FOLDERS, type KeptFile } from './manifest.ts'
import { requireRoom } from './require-room.ts'
import { hideName, seal, unseal } from './seal.ts'
import type { Store } from './store.ts'

/** Where pictures and receipts lie in a store, each once, named by what is in it. */
const FILES_PREFIX = 'files/'

// A folder or bucket that was somebody's before may have a folder of that name.
const KEPT_FILE = new RegExp(`^${FILES_PREFIX}[0-9a-f]{2}/[0-9a-f]{64}(\\${SEALED})?$`)

/** The keys of all pictures and receipts in a store. */
export async function listKeptFiles(store: Store): Promise<string[]> {
  const stored = await store.list(FILES_PREFIX)
  return stored.map(({ key }) => key).filter((key) => KEPT_FILE.test(key))
}

/** The key of a picture or receipt in a store. */
export function keyOfFile(sha256: string, key: string | undefined): string {
  const name = key ? `${hideName(key, sha256)}${SEALED}` : sha256
  return `${FILES_PREFIX}${name.slice(0, 2)}/${name}`
}

/** Pictures and receipts never change: each is put into the backup folder once. Returns all that the shop has now. */
export async function keepFiles(from: {
  dataDir: string
  folder: string
  unfinished: string
  key: string | undefined
}): Promise<KeptFile[]> {
  const known = new Set(await listKeptFiles(openFolderStore(from.folder)))
  const kept: KeptFile[] = []
  for (const path of await listFiles(from.dataDir)) {
    const hashed = await hashFile(join(from.dataDir, path)).catch(unlessGone)
    if (!hashed) continue
    const file = { path, ...hashed }
    kept.push(file)
    const key = keyOfFile(file.sha256, from.key)
    if (known.has(key)) continue
    await requireRoom(from.folder, file.size)
    await copyInto(join(from.folder, key), { ...from, source: join(from.dataDir, path) })
    known.add(key)
  }
  return kept
}

/** A file that nothing came of may be removed while the backup is made. */
function unlessGone(error: unknown): undefined {
  if (!isMissing(error)) throw error
}

async function listFiles(dataDir: string): Promise<string[]> {
  const paths = await Promise.all(KEPT_FOLDERS.map((folder) => filesIn(join(dataDir, folder), true)))
  return paths
    .flat()
    .filter((path) => !path.endsWith('.part'))
    .map((path) => relative(dataDir, path).split(sep).join('/'))
    .sort()
}

async function copyInto(
  target: string,
  { source, unfinished, key }: { source: string; unfinished: string; key: string | undefined },
): Promise<void> {
  const part = join(unfinished, 'file')
  const input = createReadStream(source)
  const output = createWriteStream(part, { mode: 0o600, flush: true })
  await (key ? pipeline(input, seal(key), output) : pipeline(input, output))
  await mkdir(dirname(target), { recursive: true })
  await rename(part, target)
  await syncFolder(dirname(target))
}

/** Writes a picture or receipt out of a store to `path`. */
export async function writeFileFrom(source: Readable, path: string, key: string | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const output = createWriteStream(path, { mode: 0o600, flush: true })
  await (key ? pipeline(source, unseal(key), output) : pipeline(source, output))
}
