import { statfs } from 'node:fs/promises'
import { sizeInWords } from '../lib/size-in-words.ts'

/** So many times the database: its copy and, compressed, at most as much again. */
export const BACKUP_TAKES = 2
/** Left free for the shop itself, which goes on writing. */
export const ROOM_TO_SPARE = 32 * 1024 * 1024

/** Throws when a folder's disk has not this much room, and some more. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const needed = bytes + ROOM_TO_SPARE
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= needed) return
  throw new Error(
    `there is not enough room in ${folder}: ${sizeInWords(free)} free, ${sizeInWords(needed)} needed`,
  )
}
