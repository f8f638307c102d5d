import type { Reader } from '../db/database.ts'
import { readSetting, removeSetting, saveSetting } from '../db/settings.ts'
import { planForStaff } from '../shop/notifications/plan.ts'
import { recordEvent } from '../shop/record-event.ts'
import { SYSTEM, type Work } from '../shop/work.ts'

const FAILURE = 'backup.failure'

export interface BackupFailure {
  /** When it began to fail, and when it last did, ms since 1970. */
  since: number
  at: number
  words: string
}

/** How backups fail now, if they do. */
export function readFailure(db: Reader): BackupFailure | undefined {
  const value = readSetting(db, FAILURE)
  return value === undefined ? undefined : (JSON.parse(value) as BackupFailure)
}

/** Keeps the failure until one succeeds. The owner is told when it begins, not with every try. */
export function noteFailure(work: Work, words: string): void {
  const before = readFailure(work.tx)
  const failure = { since: before?.since ?? work.now, at: work.now, words }
  saveSetting(work.tx, FAILURE, JSON.stringify(failure))
  if (before) return
  const event = { type: 'backup_failed', actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId: null, data: { reason: words } })
  planForStaff(work, { ...event, id })
}

export function noteSuccess(work: Work): void {
  removeSetting(work.tx, FAILURE)
}
