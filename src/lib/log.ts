import pino, { type Logger } from 'pino'

export type Log = Logger

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const SECRET_FIELDS = ['token', 'initData', 'authorization', 'address', 'phone', 'secret', 'password']
// A bot token also hides inside the addresses of failed requests.
const BOT_TOKEN = /\b\d{5,}:[A-Za-z0-9_-]{20,}/g

/** The process's log: one JSON line each on standard output, secrets and personal data taken out. */
export function createLog(level: LogLevel): Log {
  return pino({
    level,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    serializers: { err: (error: unknown) => redactError(pino.stdSerializers.err(error as Error)) },
  })
}

function redactError<T>(error: T): T {
  return JSON.parse(JSON.stringify(error).replaceAll(BOT_TOKEN, '[redacted]')) as T
}
