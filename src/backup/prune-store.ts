import { openBackup } from './backup-file.ts'
import { chooseKept } from './choose-kept.ts'
import { keyOfFile, listKeptFiles } from './kept-files.ts'
import { listBackups, type Store } from './store.ts'

interface Keep {
  now: number
  keepDays: number
  key: string | undefined
}

/** Removes the backups whose time is over, and then the files that none of the others needs. */
export async function pruneStore(store: Store, keep: Keep): Promise<void> {
  const backups = await listBackups(store)
  const kept = chooseKept(backups, keep)
  const over = backups.filter(({ name }) => !kept.has(name))
  if (over.length === 0) return
  for (const { name } of over) await store.remove(name)
  const needed = await filesNeeded(
    store,
    backups.filter(({ name }) => kept.has(name)),
    keep.key,
  )
  if (!needed) return
  for (const key of await listKeptFiles(store)) if (!needed.has(key)) await store.remove(key)
}

/** Undefined when a backup cannot be read, as with another key than today's: then nobody knows, and all files stay. */
async function filesNeeded(
  store: Store,
  backups: readonly { name: string; sealed: boolean }[],
  key: string | undefined,
): Promise<Set<string> | undefined> {
  const needed = new Set<string>()
  for (const { name, sealed } of backups) {
    const source = await store.read(name)
    const opened = await openBackup(source, { sealed, key }).catch(() => undefined)
    if (!opened) return undefined
    for (const { sha256 } of opened.about.files) needed.add(keyOfFile(sha256, sealed ? key : undefined))
    opened.close()
  }
  return needed
}
