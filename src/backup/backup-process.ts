import { type BackupRun, runBackup } from './run-backup.ts'

/** What the process says at its end: undefined when all went well. */
export interface BackupAnswer {
  failed: string | undefined
}

// When the shop has ended, nobody waits for this one any more.
process.once('disconnect', () => process.exit(1))
// A service that is stopped gets its signal in all its processes. The shop breaks this one off; ended before, it would be taken
// for a backup that failed, and the owner be told.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined)
process.once('message', (run) => {
  runBackup(run as BackupRun).then(
    () => answer(undefined),
    (error) => answer(error instanceof Error ? error.message : String(error)),
  )
})

function answer(failed: string | undefined): void {
  process.send?.({ failed } satisfies BackupAnswer, () => process.disconnect())
}
