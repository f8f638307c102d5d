import { reviveDeadNotices } from '../../db/notices.ts'
import { listDeadIds } from '../../db/proof.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

/** A batch is one transaction, which holds up everybody else for its time. */
const BATCH = 500

/**
 * Puts dead letters up to `upTo`, the newest one the person saw, back into the outbox, newest first. Returns how many, and
 * up to which id to go on; undefined when all are done.
 */
export function resendDead(
  work: Work,
  command: { upTo: number; actor: Actor },
): { count: number; goOnUpTo: number | undefined } {
  const ids = listDeadIds(work.tx, { upTo: command.upTo, limit: BATCH })
  if (ids.length === 0) return { count: 0, goOnUpTo: undefined }
  const count = reviveDeadNotices(work.tx, { upTo: command.upTo, limit: BATCH, now: work.now })
  recordEvent(work, { type: 'notices_resent', orderId: null, actor: command.actor, data: { count } })
  const oldest = ids.at(-1) ?? 0
  return { count, goOnUpTo: ids.length < BATCH ? undefined : oldest - 1 }
}
