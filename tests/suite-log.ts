import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, type Log } from '../src/lib/log.ts'

// Whatever shops log while they are tested goes into one folder, in every detail, and is searched at the end for what must
// never be in a log.

const FOLDER = 'LITTLESHOP_SUITE_LOG'

/** What tests plant everywhere: none of it may be in any line. */
const MUST_NOT_BE_SAID: Record<string, RegExp> = {
  'a token of a bot': /\d{5,}:[\w-]{20,}/,
  'a token of a payment provider': /:(TEST|LIVE):/,
  'a planted secret': /planted-|sandbox-(key|secret)-of|sandbox\/secret\+key/,
  'a key of backups': /AGE-SECRET-KEY-/,
  'a token, or a key': /(?<![\w/-])(?:[\w-]{43}|[\w-]{87})(?![\w-])/,
  'proof of who opened the panel': /query_id=|hash=[0-9a-f]{64}/,
  'the address of a browser that gets pushes': /fcm\.googleapis\.com\/\w/,
  'an address of e-mail': /[\w.+]@[\w-]+\.[a-z]{2,}/i,
  // Next to a hyphen it may be three of the random letters of an id.
  'a name': /(?<![\w-])(Ana|Olga|Pia|Pete|Nina|Marek|Zoë)(?![\w-])/,
  'an address': /(?<![\w-])Rua(?![\w-])/,
  'a phone number': /912 ?345 ?678/,
  'what somebody wrote':
    /Ring twice|When does it come|glaze|came broken|dishwasher|Lovely|Broken in the store/i,
}

let file: number | undefined

/** The log of a shop in a test. It reads like the real one, and is searched when all tests are through. */
export function suiteLog(): Log {
  return createLog('trace', { write: keepLine })
}

/** Has a line that a shop wrote searched with all others. */
export function keepLine(line: string): void {
  const folder = process.env[FOLDER]
  if (folder === undefined)
    throw new Error('the logs of the suite have no folder: run tests by vitest.config.ts')
  file ??= openSync(join(mkdtempSync(join(folder, 'worker-')), 'log'), 'a')
  writeSync(file, line.endsWith('\n') ? line : `${line}\n`)
}

/** Lines of logs below `folder` that say what none may, with what that is. */
export function findLeaks(folder: string): string[] {
  const lines = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('log'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
  return lines.flatMap((line) =>
    Object.entries(MUST_NOT_BE_SAID)
      .filter(([, pattern]) => pattern.test(line))
      .map(([what, pattern]) => `${what} (${pattern.exec(line)?.[0]}) in ${line.slice(0, 2_000)}`),
  )
}

/** Vitest calls this before all tests, and what it returns after them: a leak fails the run. */
export default function searchLogs(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'littleshop-logs-'))
  process.env[FOLDER] = folder
  return () => {
    const leaks = findLeaks(folder)
    rmSync(folder, { recursive: true })
    if (leaks.length > 0)
      throw new Error(
        `The log says what it must not, ${leaks.length} times:\n${leaks.slice(0, 20).join('\n')}`,
      )
  }
}
