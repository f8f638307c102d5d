import { BACKUP_TAKES, ROOM_TO_SPARE } from '../../src/backup/require-room.ts'
import type { BotState } from '../../src/bot/inspect-bot.ts'
import { panelAddress } from '../../src/bot/panel-address.ts'
import type { FileState } from '../../src/db/inspect-file.ts'
import { sizeInWords } from '../../src/lib/size-in-words.ts'
import { currencyFault } from '../../src/shop/require-currency.ts'
import { broken, type Finding, note, watch, well } from './finding.ts'

// What the readings mean. Nothing here looks anywhere.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const OLDEST_NODE = 24
const CLOCK_OFF_MS = 30_000
const WAITING_UPDATES = 20

export function judgeNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return well(`Node ${version}`)
  return broken(
    `Node ${version}`,
    `Install Node ${OLDEST_NODE} or newer, or start by npm scripts, which bring it.`,
  )
}

/** What was seen of the data folder. */
export interface FolderState {
  folder: string
  /** The first path in it that cannot be written, and the first that has another owner. */
  closed: string | undefined
  foreign: string | undefined
  /** Whether it is gone with the next deploy. */
  isLost: boolean
}

export function judgeFolder({ folder, closed, foreign, isLost }: FolderState): Finding[] {
  const findings = [
    closed
      ? broken(`data: ${closed} cannot be written`, `Give ${folder} to the user the shop runs as: chown -R.`)
      : well(`data: ${folder} can be written`),
  ]
  if (foreign) {
    const todo = 'The shop may not be able to write it: chown it.'
    findings.push(watch(`data: ${foreign} has another owner than the folder`, todo))
  }
  if (isLost) {
    const todo = 'Set DATA_DIR to the destination in [mounts] of fly.toml.'
    findings.push(broken(`data: ${folder} is on no volume; the next deploy empties it`, todo))
  }
  return findings
}

/** Without room for a backup there is none, and no migration. `file`: the database with its log. */
export function judgeSpace({ disk, free, file }: { disk: string; free: number; file: number }): Finding {
  const found = `${disk}: ${sizeInWords(free)} free, the database has ${sizeInWords(file)}`
  const needed = BACKUP_TAKES * file + ROOM_TO_SPARE
  const todo = 'Make the disk larger (docs/deploy.md), or keep fewer backups (BACKUP_KEEP_DAYS).'
  if (free < needed) return broken(found, `Not enough for a backup: it takes ${sizeInWords(needed)}. ${todo}`)
  return free < 2 * needed ? watch(found, todo) : well(found)
}

/** `currency`: what the settings say, if they can be read. */
export function judgeFile(state: FileState, currency?: string): Finding[] {
  if (state.damage.length > 0) {
    return [
      broken(
        `database: damaged (${state.damage.join('; ')})`,
        'Stop the shop, then npm run restore -- --list, and restore the newest: docs/backup.md.',
      ),
    ]
  }
  const fault = currency && currencyFault(state.currency, currency)
  return [
    well('database: whole'),
    judgeReferences(state),
    judgeSchema(state),
    judgeJournal(state),
    ...(fault ? [broken(`database: ${fault.found}`, fault.todo)] : []),
  ]
}

function judgeReferences({ lostReferences: lost }: FileState): Finding {
  if (lost === 0) return well('database: every reference leads somewhere')
  return broken(
    `database: ${lost} rows name a row that is not there`,
    'Restore the newest backup that has none.',
  )
}

function judgeSchema({ schema, newest }: FileState): Finding {
  if (schema === newest) return well(`database: schema ${schema}, the newest`)
  if (schema < newest)
    return note(`database: schema ${schema}; the next start backs it up and brings it to ${newest}`)
  return broken(
    `database: schema ${schema}, this program knows ${newest}`,
    'Start the newer program, or restore a backup made by this one.',
  )
}

function judgeJournal({ journal }: FileState): Finding {
  if (journal === 'wal') return well('database: write-ahead log')
  return watch(`database: journal ${journal}`, 'The next start turns it to a write-ahead log.')
}

/** `offsetMs`: how far another clock is before ours. */
export function judgeClock(offsetMs: number): Finding {
  const seconds = Math.round(offsetMs / 1000)
  if (Math.abs(offsetMs) <= CLOCK_OFF_MS) return well(`clock: within ${Math.abs(seconds)} s of Telegram's`)
  return watch(
    `clock: ${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'before'} Telegram's`,
    'Set it (timedatectl set-ntp true): sign-ins and pushes depend on it.',
  )
}

/** What lies in one place. */
export interface BackupState {
  /** What is said of the place before. */
  place: string
  /** When the backups in it were made. */
  times: number[]
  /** How often one is made; 0 makes none by itself. */
  everyMs: number
}

export function judgeBackups({ place, times, everyMs }: BackupState, now: number): Finding {
  // One from the future, as a clock that was wrong leaves it, says nothing.
  const past = times.filter((at) => at <= now)
  if (past.length === 0) return watch(`${place} none yet`, 'See docs/backup.md.')
  const old = now - Math.max(...past)
  const found = `${place} the newest is ${age(old)} old`
  if (everyMs === 0 || old <= 2 * everyMs) return well(found)
  return watch(found, 'Look under More → System, and into the log, for why none was made or uploaded.')
}

export function judgeDelivery({ wantedUrl, delivery }: BotState, now: number): Finding[] {
  const {
    url = '',
    pending_update_count: waiting,
    last_error_date: failedAt,
    last_error_message: why,
  } = delivery
  const findings: Finding[] = []
  if (url !== wantedUrl) {
    const found = url
      ? `updates: Telegram posts them to ${new URL(url).host}`
      : 'updates: Telegram waits to be asked'
    findings.push(
      broken(
        `${found}, which is not what UPDATES says`,
        'Run npm run setup, or start the shop: both put it right.',
      ),
    )
  }
  if (waiting > WAITING_UPDATES) {
    findings.push(
      watch(
        `updates: ${waiting} are waiting`,
        'Is the shop running, and is it the only one with this token?',
      ),
    )
  }
  if (url && failedAt && now - failedAt * 1000 < HOUR_MS) {
    findings.push(
      watch(
        `updates: Telegram could not post ${age(now - failedAt * 1000)} ago: ${why}`,
        'Is PUBLIC_URL reachable from outside?',
      ),
    )
  }
  return findings.length > 0
    ? findings
    : [well(`updates: ${url ? 'posted to the shop' : 'fetched by the shop'}, ${waiting} waiting`)]
}

type Answer = { status: number; location: string | null; mark: string | null }

/** What was seen on the shop's port of this machine. */
export interface PortState {
  port: number
  /** By which this shop is known, and what the one that answers says; undefined when nobody answered. */
  mark: string
  answer: Answer | undefined
  /** Whether a process uses this shop's data folder. */
  isFolderUsed: boolean
}

export function judgePort({ port, mark, answer, isFolderUsed }: PortState): Finding {
  const elsewhere = 'Stop it, or set another PORT.'
  if (answer && answer.mark !== mark) {
    const who = answer.mark ? 'another LittleShop' : 'something else'
    return broken(`shop: ${who} answers on port ${port}`, elsewhere)
  }
  if (answer && !isFolderUsed) {
    const found = `shop: one with this BOT_TOKEN, but another data folder, answers on port ${port}`
    return broken(found, 'Is DATA_DIR the right one? Two shops with one token take each other’s messages.')
  }
  if (answer?.status === 200) return well(`shop: runs here on port ${port}`)
  if (!isFolderUsed) return note(`shop: not running here on port ${port}`)
  return watch(
    `shop: its data folder is in use, but it is not open on port ${port}`,
    'Is it still starting, or does it run with another PORT?',
  )
}

/** What was seen at the address of the shop. */
export interface AddressState {
  url: string
  /** By which this shop is known, and what the one that answers says; undefined when nobody answered. */
  mark: string
  answer: Answer | undefined
  /** Whether the shop runs on this machine. */
  isRunning: boolean
}

export function judgeAddress({ url, mark, answer, isRunning }: AddressState): Finding {
  if (!panelAddress(url)) {
    const todo =
      'Set PUBLIC_URL to an https address: Telegram opens the panel over nothing else. See docs/deploy.md.'
    return broken(`PUBLIC_URL: ${url} is not https, so that nobody gets the panel in Telegram`, todo)
  }
  if (answer?.mark === mark) return well('PUBLIC_URL: this shop answers')
  if (answer?.mark) {
    const todo = 'Is BOT_TOKEN the one of the shop there? Two shops need two addresses.'
    return broken(`PUBLIC_URL: another LittleShop answers at ${url}`, todo)
  }
  if (answer?.location) {
    const todo = 'Set PUBLIC_URL to the address that serves the shop itself: Telegram opens no other.'
    return broken(`PUBLIC_URL: leads on to ${answer.location}`, todo)
  }
  const found = answer
    ? `PUBLIC_URL: something else answers at ${url} (${answer.status})`
    : `PUBLIC_URL: ${url} does not answer`
  return isRunning
    ? broken(found, 'Look at its name and certificate, and whether it leads to the port of this shop.')
    : watch(found, 'Start the shop, then look again.')
}

/** Settings whose keys do not fit do not get this far; `silent` are the push services that did not answer. */
export function judgePush(subject: string, silent: string[]): Finding[] {
  return [
    well(`web push: the keys fit, the subject is ${subject}`),
    silent.length === 0
      ? well('web push: the push services can be reached')
      : watch(`web push: no answer from ${silent.join(', ')}`, 'Let this machine reach them on port 443.'),
  ]
}

function age(ms: number): string {
  if (ms < HOUR_MS) return `${Math.max(1, Math.round(ms / MINUTE_MS))} min`
  return `${Math.round(ms / HOUR_MS)} h`
}
