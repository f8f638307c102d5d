import type { Database } from '../../src/db/database.ts'

/** How the newest payment stands: its update, its row in the ledger, and what its customer is told of it. */
const STANDING = `select update_id as id, json_array(updates.done_at is null, ledger.state, (select group_concat(notices.state)
      from notices where notices.order_id = ledger.order_id and kind = 'payment_received')) as standing
  from updates left join ledger on reference = payload ->> '$.message.successful_payment.telegram_payment_charge_id'
  where payload like '%"successful_payment"%' order by update_id desc limit 1`

/**
 * Ends this process as kill -9 does, after the commit with which the news of the next payment is stored, or so many changes
 * of how it stands later: always at the same place, whatever else the shop commits meanwhile.
 */
export function endAfterPayment(db: Database, changes: number): void {
  const { write } = db
  const look = () => db.first({ sql: STANDING, values: [] }) as { id: number; standing: string } | undefined
  const before = look()?.id ?? 0
  let last: string | undefined
  let left = changes
  db.write = (fn) => {
    const result = write(fn)
    const { id = 0, standing } = look() ?? {}
    if (id <= before || standing === last) return result
    last = standing
    if (left-- === 0) process.kill(process.pid, 'SIGKILL')
    return result
  }
}
