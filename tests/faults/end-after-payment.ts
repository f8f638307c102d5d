import type { Database } from '../../src/db/database.ts'

/**
 * Ends this process as kill -9 does, so many commits after the one that stores the news of the next payment:
 * always at the same place, however fast the machine is.
 */
export function endAfterPayment(db: Database, commits: number): void {
  const { write } = db
  const newest = `select coalesce(max(update_id), 0) as id from updates where payload like '%"successful_payment"%'`
  const lastPayment = () => (db.first({ sql: newest, values: [] }) as { id: number }).id
  const before = lastPayment()
  let left: number | undefined
  db.write = (fn) => {
    const result = write(fn)
    if (left === undefined && lastPayment() > before) left = commits
    if (left !== undefined && left-- === 0) process.kill(process.pid, 'SIGKILL')
    return result
  }
}
