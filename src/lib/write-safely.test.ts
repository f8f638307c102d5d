import { fstatSync, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { givenFolder } from '../../tests/given.ts'
import { writeSafely } from './write-safely.ts'

it('the file is on disk, and then its name is, before anything says that it is there', async () => {
  const folder = givenFolder()
  const written = await watchSyncs(() => writeSafely(join(folder, 'mug.jpg'), Buffer.from('mug')))
  expect(readFileSync(join(folder, 'mug.jpg'), 'utf8')).toBe('mug')
  expect(statSync(join(folder, 'mug.jpg')).mode & 0o777).toBe(0o600)
  expect(written).toEqual([statSync(join(folder, 'mug.jpg')).ino, statSync(folder).ino])
})

/** Which files and folders `act` has the system write to disk, by their number there. */
async function watchSyncs(act: () => Promise<void>): Promise<number[]> {
  const prototype = await handlePrototype()
  const sync = prototype.sync
  const written: number[] = []
  vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    written.push(fstatSync(this.fd).ino)
    return sync.call(this)
  })
  await act()
  return written
}

async function handlePrototype(): Promise<FileHandle> {
  const handle = await open(import.meta.filename)
  await handle.close()
  return Object.getPrototypeOf(handle)
}
