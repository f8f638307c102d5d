import { z } from 'zod'
import { LOG_LEVELS } from './lib/log.ts'
import { currencyExponent } from './lib/money.ts'

const HOUR_MS = 3_600_000

const environment = z.object({
  BOT_TOKEN: z
    .string({
      error: 'is missing: get one from @BotFather in Telegram. To look around without one, run: npm run demo',
    })
    .regex(/^\d+:[\w-]{20,}$/, 'does not look like a token from @BotFather (123456789:AA…)'),
  TELEGRAM_API_ROOT: webAddress('TELEGRAM_API_ROOT').default('https://api.telegram.org'),
  PUBLIC_URL: webAddress('PUBLIC_URL').optional(),
  PORT: wholeNumber(0, 65_535).default(8080),
  HOST: z.string().default('0.0.0.0'),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  DATA_DIR: z.string().default('./data'),
  OWNER_IDS: z
    .string()
    .default('')
    .transform((text, ctx) => {
      const words = text.split(/[\s,]+/).filter(Boolean)
      if (words.every((word) => /^\d{1,15}$/.test(word))) return words.map(Number)
      ctx.addIssue('must be Telegram user ids (numbers), separated by commas')
      return z.NEVER
    }),
  UPDATES: z.enum(['polling', 'webhook'], 'must be polling or webhook').default('polling'),
  CURRENCY: z.string().refine(isCurrency, 'must be a currency code such as EUR').default('EUR'),
  TIMEZONE: z.string().refine(isTimezone, 'must be a time zone such as Europe/Berlin').default('UTC'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  UNDO_SECONDS: wholeNumber(0, 60).default(5),
  PAYMENT_HOURS: wholeNumber(1, 24 * 60).default(48),
})

export type Config = ReturnType<typeof readConfig>

/**
 * Reads the settings from the environment; .env.example says what each does.
 * Throws one Error that lists every fault, so that nobody mends them one start at a time.
 */
export function readConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environment.safeParse(given)
  const faults = parsed.success ? crossFaults(parsed.data) : parsed.error.issues.map(describe)
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults)
  const values = parsed.data
  return {
    botToken: values.BOT_TOKEN,
    telegramApiRoot: values.TELEGRAM_API_ROOT,
    publicUrl: values.PUBLIC_URL,
    port: values.PORT,
    host: values.HOST,
    metricsPort: values.METRICS_PORT,
    dataDir: values.DATA_DIR,
    ownerIds: values.OWNER_IDS,
    updates: values.UPDATES,
    currency: values.CURRENCY,
    timezone: values.TIMEZONE,
    logLevel: values.LOG_LEVEL,
    undoGraceMs: values.UNDO_SECONDS * 1000,
    paymentWindowMs: values.PAYMENT_HOURS * HOUR_MS,
  }
}

/** The environment does not fit; the message is written for the person who set it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(faults: string[]) {
    super(`LittleShop cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  }
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}`
}

function crossFaults(values: z.infer<typeof environment>): string[] {
  const faults: string[] = []
  if (values.UPDATES === 'webhook' && !values.PUBLIC_URL?.startsWith('https://')) {
    faults.push('PUBLIC_URL must be an https address when UPDATES is webhook')
  }
  return faults
}

function webAddress(name: string) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
      `must be a web address, as in ${name}=https://…`,
    )
    .transform((text) => text.replace(/\/+$/, ''))
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
}

function isCurrency(code: string): boolean {
  return (
    /^[A-Z]{3}$/.test(code) &&
    Intl.supportedValuesOf('currency').includes(code) &&
    currencyExponent(code) >= 0
  )
}

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
