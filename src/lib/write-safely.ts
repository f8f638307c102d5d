import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './sync-folder.ts'

/** Whose a file is and who may do what with it, as `stat` has it. */
export interface Access {
  mode: number
  uid: number
  gid: number
}

/**
 * Writes a file whole or not at all, and on disk before anything says that it is there. Only the shop may read it, unless
 * `access` says otherwise.
 */
export async function writeSafely(path: string, bytes: Uint8Array, access?: Access): Promise<void> {
  const unfinished = `${path}.part`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    if (access) {
      await handle.chown(access.uid, access.gid)
      await handle.chmod(access.mode)
    }
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}
