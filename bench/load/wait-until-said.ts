import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'

const WITHIN_MS = 120_000
/** Cards that are drawn again once more are no news. */
const LEFT = `select (select count(*) from notices where state = 'sending' or (state = 'waiting' and message_id is null))
  + (select count(*) from updates where done_at is null)`

/** Resolves when the shop has handled and said everything. Rejects with how much is left when that takes too long. */
export async function waitUntilSaid(file: string): Promise<void> {
  const db = new Sqlite(file, { readonly: true })
  const left = db.prepare(LEFT).pluck()
  try {
    for (const end = Date.now() + WITHIN_MS; left.get() !== 0; await pause(200)) {
      if (Date.now() > end) throw new Error(`${left.get()} notices and updates are still under way`)
    }
  } finally {
    db.close()
  }
}
