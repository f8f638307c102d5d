import { writeSync } from 'node:fs'
import pino, { type DestinationStream, type Logger } from 'pino'
import { currentErrand } from './errand.ts'

export type Log = Logger

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const SECRET_FIELDS = new Set([
  ...['token', 'initData', 'authorization', 'address', 'phone', 'secret', 'password'],
  ...['apiKey', 'webhookSecret', 'paymentProviderToken', 'cookie', 'endpoint', 'p256dh', 'auth'],
  ...['name', 'username', 'email', 'text', 'words', 'note'],
])
// A bot token also hides inside the addresses of failed requests, right behind "/bot".
const BOT_TOKEN = /\d{5,}:[A-Za-z0-9_-]{20,}/g

// A refused call keeps what it wanted to say; an update that failed keeps its context, with the person and their words.
const CARRIED = ['payload', 'ctx']

/** When standard output is read no more, so many bytes wait for it; what comes on top is lost. */
const MOST_UNREAD = 8 * 1024 * 1024

/**
 * The process's log: one JSON line each on standard output (or `to`), secrets and personal data taken out, with the ids of
 * the errand it was written on. Nobody waits for standard output to be read.
 */
export function createLog(level: LogLevel, to?: DestinationStream): Log {
  const options = {
    level,
    mixin: () => ({ ...currentErrand()?.ids }),
    // Pino's own way of redacting takes several times as long as the rest of a line.
    formatters: { log: (fields: Record<string, unknown>) => redactFields(fields, 2) },
    serializers: { err: (error: unknown) => redactError(pino.stdSerializers.err(error as Error)) },
  }
  return pino(options, to ?? openOutput())
}

/** Standard output, to which a process that ends writes what is left. */
function openOutput(): DestinationStream {
  const output = pino.destination({ sync: false, maxLength: MOST_UNREAD })
  const writeRest = output.flushSync.bind(output)
  output.flushSync = () => {
    if (isRead()) writeRest()
  }
  return output
}

/** Where nobody reads any more, the stream would try for ever, and the process never end. To look costs an empty line. */
function isRead(): boolean {
  try {
    writeSync(process.stdout.fd, '\n')
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPIPE'
  }
}

/** Without what is secret or somebody's own, so many levels deep. Errors have a way of their own. */
function redactFields<T extends object>(fields: T, levels: number): T {
  const redacted: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_FIELDS.has(name)) redacted[name] = '[redacted]'
    else if (levels > 1 && isPlain(value)) redacted[name] = redactFields(value, levels - 1)
    else redacted[name] = value
  }
  return redacted as T
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** Without bot tokens, and without what errors of the bot carry along: messages, people, the whole update. */
function redactError<T>(error: T): T {
  const seen = new WeakSet<object>()
  const json = JSON.stringify(error, (key, value: unknown) => {
    if (CARRIED.includes(key)) return undefined
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
    // A refused certificate is its own issuer in the end.
    if (seen.has(value)) return undefined
    seen.add(value)
    return value
  })
  return JSON.parse(withoutTokens(json)) as T
}

/** A text with every bot token in it taken out. */
export function withoutTokens(text: string): string {
  return text.replaceAll(BOT_TOKEN, '[redacted]')
}
