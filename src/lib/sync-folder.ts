import { open } from 'node:fs/promises'

/** A new name in a folder survives a power cut once the folder is written, too. Windows does that by itself, and allows nobody else to. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
