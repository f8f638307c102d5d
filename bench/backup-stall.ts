import { linkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runApart } from '../src/backup/run-apart.ts'
import type { BackupRun } from '../src/backup/run-backup.ts'
import { openDatabase } from '../src/db/database.ts'
import { sharedShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Figure, figureResult, inTurns, type Result, type Size } from './measure.ts'

const SIZES = {
  full: { orders: 1_000_000, rounds: 5, warmUp: 1 },
  quick: { orders: 100_000, rounds: 3, warmUp: 1 },
  smallest: { orders: 100, rounds: 1, warmUp: 0 },
}
const LEAST_MS = 20

/** For how long nothing else gets its turn while a large file is backed up, against the same time without a backup. */
export function benchBackupStall(size: Size): Promise<Result[]> {
  const { orders, rounds, warmUp } = SIZES[size]
  const file = sharedShop(orders)
  return inFolder(async (folder) => {
    linkSync(file, join(folder, 'shop.db'))
    const db = openDatabase(join(folder, 'shop.db'))
    let lastsMs = LEAST_MS
    const backup: Figure = () =>
      worstStall(async () => {
        const start = performance.now()
        await runApart(backupOf(folder, Date.now()))
        lastsMs = Math.max(LEAST_MS, performance.now() - start)
      })
    const idle: Figure = () => worstStall(() => pause(lastsMs))
    for (let i = 0; i < warmUp; i++) await backup()
    const measured = await inTurns(backup, idle, rounds)
    db.close()
    return [
      figureResult(`worst stall of a backup of ${orders.toLocaleString('en')} orders`, measured, 'ms', {
        goal: 5,
      }),
    ]
  })
}

/** A backup asked for now, into a folder beside the shop's file. */
export function backupOf(dataDir: string, now: number): BackupRun {
  const folder = join(dataDir, 'backups')
  return { dataDir, folder, key: undefined, keepDays: 30, bucket: undefined, reason: 'asked', now }
}

/** Takes a turn of the event loop again and again while `work` goes on; returns the longest wait for one, in ms. */
async function worstStall(work: () => Promise<unknown>): Promise<number> {
  let worst = 0
  let going = true
  let last = performance.now()
  function turn(): void {
    const now = performance.now()
    worst = Math.max(worst, now - last)
    last = now
    if (going) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  going = false
  return worst
}
