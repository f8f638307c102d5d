import { open, rename } from 'node:fs/promises'

/** Writes a file whole or not at all, and on disk before anything says that it is there. Only the shop may read it. */
export async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.part`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, path)
}
