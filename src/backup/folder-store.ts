import { createReadStream } from 'node:fs'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { ShopError } from '../lib/shop-error.ts'
import type { Store, Stored } from './store.ts'

/** Backups in a folder. */
export function openFolderStore(root: string): Store {
  async function list(prefix: string): Promise<Stored[]> {
    const paths = await filesIn(prefix.endsWith('/') ? join(root, prefix) : root, prefix.endsWith('/'))
    const keys = paths.map((path) => relative(root, path).split(sep).join('/'))
    const wanted = keys.filter((key) => key.startsWith(prefix))
    return Promise.all(wanted.map(async (key) => ({ key, size: (await stat(join(root, key))).size })))
  }

  async function read(key: string) {
    try {
      return createReadStream('', { fd: await open(join(root, key)) })
    } catch (error) {
      if (!isMissing(error)) throw error
      throw new ShopError('not_found', `There is no ${key} in ${root}.`)
    }
  }

  return { list, read, remove: (key) => rm(join(root, key), { force: true }) }
}

/** Paths of the files in a folder; none when there is no such folder. */
export async function filesIn(folder: string, deep: boolean): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: deep, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
