import { fork } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { BackupAnswer } from './backup-process.ts'
import type { BackupRun } from './run-backup.ts'

/** A bucket that takes nothing and says nothing must not hold up all backups to come. */
const BACKUP_MAY_TAKE_MS = 3_600_000
const PROGRAM = join(import.meta.dirname, 'backup-process.ts')

/**
 * Runs it in a process of its own, which the system lets wait whenever the shop has something to do: copying, checking,
 * compressing and encrypting take all that one processor gives. Rejects with what went wrong there, or that `stopping` ended it.
 */
export async function runApart(run: BackupRun, stopping?: AbortSignal): Promise<void> {
  stopping?.throwIfAborted()
  // What it has to know travels by message: arguments and environment can be read by others on the machine.
  const child = fork(PROGRAM, {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  const limit = AbortSignal.timeout(BACKUP_MAY_TAKE_MS)
  const stop = () => void child.kill('SIGKILL')
  for (const signal of [limit, stopping]) signal?.addEventListener('abort', stop)
  let answer: BackupAnswer | undefined
  child.once('message', (message) => {
    answer = message as BackupAnswer
  })
  // One that cannot be reached ends by itself; without this, Node would end the shop.
  child.send(run, () => undefined)
  try {
    await once(child, 'exit')
  } finally {
    for (const signal of [limit, stopping]) signal?.removeEventListener('abort', stop)
  }
  if (limit.aborted) throw new Error('the backup took more than an hour, and was broken off')
  if (!answer) throw new Error('the backup was broken off')
  if (answer.failed !== undefined) throw new Error(answer.failed)
}
