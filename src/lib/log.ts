import pino, { type DestinationStream, type Logger } from 'pino'

export type Log = Logger

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const SECRET_FIELDS = ['token', 'initData', 'authorization', 'address', 'phone', 'secret', 'password']
// A bot token also hides inside the addresses of failed requests, right behind "/bot".
const BOT_TOKEN = /\d{5,}:[A-Za-z0-9_-]{20,}/g

// A refused call keeps what it wanted to say; an update that failed keeps its context, with the person and their words.
const CARRIED = ['payload', 'ctx']

/** The process's log: one JSON line each on standard output (or `to`), secrets and personal data taken out. */
export function createLog(level: LogLevel, to?: DestinationStream): Log {
  const options = {
    level,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    serializers: { err: (error: unknown) => redactError(pino.stdSerializers.err(error as Error)) },
  }
  return to ? pino(options, to) : pino(options)
}

/** Without bot tokens, and without what errors of the bot carry along: messages, people, the whole update. */
function redactError<T>(error: T): T {
  const json = JSON.stringify(error, (key, value) => (CARRIED.includes(key) ? undefined : value))
  return JSON.parse(json.replaceAll(BOT_TOKEN, '[redacted]')) as T
}
