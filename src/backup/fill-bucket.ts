import { join } from 'node:path'
import type { BucketStore } from './bucket-store.ts'
import { chooseKept } from './choose-kept.ts'
import { listKeptFiles } from './kept-files.ts'
import { listBackups, type Store } from './store.ts'

/**
 * Uploads what the bucket has not: the files first, so that no backup is there without them. What an upload left out is
 * uploaded by the next, and what the bucket would not keep is not uploaded at all.
 */
export async function fillBucket(
  bucket: BucketStore,
  folder: { store: Store; root: string },
  keep: { now: number; keepDays: number },
): Promise<void> {
  const [here, there] = await Promise.all([listBackups(folder.store), listBackups(bucket)])
  const has = new Set(there.map(({ name }) => name))
  const missing = here.filter(({ name }) => !has.has(name))
  const kept = chooseKept([...there, ...missing], keep)
  const due = missing.filter(({ name }) => kept.has(name)).map(({ name }) => name)
  if (due.length === 0) return
  const files = await missingFiles(bucket, folder.store)
  for (const key of [...files, ...due.toReversed()]) await bucket.put(key, join(folder.root, key))
}

async function missingFiles(bucket: Store, folder: Store): Promise<string[]> {
  const [here, there] = await Promise.all([listKeptFiles(folder), listKeptFiles(bucket)])
  const has = new Set(there)
  return here.filter((key) => !has.has(key))
}
