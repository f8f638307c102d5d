import { z } from 'zod'
import { BACKUP_ENVIRONMENT, backupFaults, backupSettingsOf } from './backup/settings.ts'
import { LOG_LEVELS } from './lib/log.ts'
import { currencyExponent } from './lib/money.ts'
import { belongTogether, isVapidPrivateKey, isVapidPublicKey, isVapidSubject } from './lib/vapid.ts'
import { wholeNumber } from './lib/whole-number.ts'
import { LONGEST_UNDO_MS } from './shop/work.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const PUSH_HOST = /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$|^http:\/\/127\.0\.0\.1:\d+$/

const environment = z.object({
  BOT_TOKEN: z
    .string({
      error: 'is missing: get one from @BotFather in Telegram. To look around without one, run: npm run demo',
    })
    .regex(/^\d+:[\w-]{20,}$/, 'does not look like a token from @BotFather (123456789:AA…)'),
  TELEGRAM_API_ROOT: webAddress('TELEGRAM_API_ROOT').default('https://api.telegram.org'),
  TELEGRAM_LINK_ROOT: webAddress('TELEGRAM_LINK_ROOT').default('https://t.me'),
  PUBLIC_URL: webAddress('PUBLIC_URL').optional(),
  PORT: wholeNumber(0, 65_535).default(8080),
  HOST: z.string().default('0.0.0.0'),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
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
  CURRENCY: z.string().toUpperCase().refine(isCurrency, 'must be a currency code such as EUR').default('EUR'),
  TIMEZONE: z.string().refine(isTimezone, 'must be a time zone such as Europe/Berlin').default('UTC'),
  GIT_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/, 'must be the id of a commit')
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  UNDO_SECONDS: wholeNumber(0, LONGEST_UNDO_MS / 1000).default(5),
  PAYMENT_HOURS: wholeNumber(1, 24 * 60).default(48),
  ONLINE_PAYMENT_MINUTES: wholeNumber(10, 1440).default(60),
  NOTICE_DAYS: wholeNumber(31, 3650).default(180),
  RECEIPT_DAYS: wholeNumber(31, 3650).default(365),
  AUDIT_DAYS: wholeNumber(31, 3650).default(730),
  PAYMENT_PROVIDER_TOKEN: z
    .string()
    .regex(/^\d+:\S{8,}$/, 'does not look like a payment token from @BotFather (123456789:TEST:…)')
    .optional(),
  BTCPAY_URL: webAddress('BTCPAY_URL')
    .refine(isSafeForKeys, 'must be an https address: the API key travels with every call')
    .optional(),
  BTCPAY_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be an API key as BTCPay Server shows it')
    .optional(),
  BTCPAY_STORE_ID: z
    .string()
    .regex(/^[\w-]+$/, 'must be the id of a store, as its settings show it')
    .optional(),
  BTCPAY_WEBHOOK_SECRET: z.string().min(8, 'must have at least 8 characters').optional(),
  VAPID_PUBLIC_KEY: z
    .string()
    .refine(isVapidPublicKey, 'must be a VAPID public key: 87 characters, as npm run setup makes them')
    .optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .refine(isVapidPrivateKey, 'must be a VAPID private key: 43 characters, as npm run setup makes them')
    .optional(),
  VAPID_SUBJECT: z
    .string()
    .refine(
      isVapidSubject,
      'must be https://your-host or mailto:name@your-domain, exactly so and known on the whole internet: Apple answers anything else with 403 BadJwtToken, and no iPhone rings',
    )
    .optional(),
  PUSH_HOSTS: z
    .string()
    .default('')
    .transform((text, ctx) => {
      const hosts = text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean)
      if (hosts.every((host) => PUSH_HOST.test(host))) return hosts
      ctx.addIssue('must be names of hosts, separated by commas, as in push.example.com, *.push.example.org')
      return z.NEVER
    }),
  IMAGE_HOSTS: z
    .string()
    .default('')
    .transform((text, ctx) => {
      const origins = text.split(/[\s,]+/).filter(Boolean)
      if (origins.every((one) => URL.canParse(one) && new URL(one).origin === one)) return origins
      ctx.addIssue('must be origins, separated by commas, as in http://images.internal:9000')
      return z.NEVER
    }),
  SMTP_URL: z
    .string()
    .refine(
      isMailServer,
      'must be a mail server, as in SMTP_URL=smtps://user:password@mail.example.com; in the password, write @ as %40, / as %2F, # as %23, % as %25',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .transform((text) => /^[^<>]*<([^<>]*)>$/.exec(text.trim())?.[1] ?? text.trim())
    .pipe(z.email('must be an address, as in MAIL_FROM=orders@shop.example'))
    .optional(),
  ...BACKUP_ENVIRONMENT,
})

export type Config = ReturnType<typeof readConfig>

export type SettingName = keyof typeof environment.shape

/** The names of all settings there are. */
export const SETTING_NAMES = Object.keys(environment.shape) as SettingName[]

/** What is wrong with one setting by itself, in words that go on after its name; undefined when nothing is. */
export function faultOf(name: SettingName, value: string | undefined): string | undefined {
  const parsed = environment.shape[name].safeParse(value?.trim() || undefined)
  return parsed.success ? undefined : parsed.error.issues.map(({ message }) => message).join('; ')
}

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
    telegramLinkRoot: values.TELEGRAM_LINK_ROOT,
    publicUrl: values.PUBLIC_URL,
    port: values.PORT,
    host: values.HOST,
    metricsPort: values.METRICS_PORT,
    metricsHost: values.METRICS_HOST,
    dataDir: values.DATA_DIR,
    ownerIds: values.OWNER_IDS,
    updates: values.UPDATES,
    currency: values.CURRENCY,
    timezone: values.TIMEZONE,
    logLevel: values.LOG_LEVEL,
    commit: values.GIT_COMMIT,
    undoGraceMs: values.UNDO_SECONDS * 1000,
    paymentWindowMs: values.PAYMENT_HOURS * HOUR_MS,
    onlineWindowMs: values.ONLINE_PAYMENT_MINUTES * MINUTE_MS,
    keep: {
      noticesMs: values.NOTICE_DAYS * DAY_MS,
      proofsMs: values.RECEIPT_DAYS * DAY_MS,
      auditMs: values.AUDIT_DAYS * DAY_MS,
    },
    paymentProviderToken: values.PAYMENT_PROVIDER_TOKEN,
    backup: backupSettingsOf(values, values.DATA_DIR),
    btcpay: btcpayOf(values),
    push: pushOf(values),
    imageHosts: values.IMAGE_HOSTS,
    mail:
      values.SMTP_URL && values.MAIL_FROM ? { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM } : undefined,
  }
}

/** The environment does not fit; the message is written for the person who set it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`LittleShop cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
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
  if (values.SMTP_URL && !values.MAIL_FROM) faults.push('MAIL_FROM is missing: mails need a sender')
  if (values.MAIL_FROM && !values.SMTP_URL) faults.push('SMTP_URL is missing: mails need a server')
  return [...faults, ...btcpayFaults(values), ...pushFaults(values), ...backupFaults(values)]
}

/** Bitcoin is off without its server. */
function btcpayOf(values: z.infer<typeof environment>) {
  const { BTCPAY_URL: url, BTCPAY_API_KEY: apiKey, BTCPAY_STORE_ID: storeId } = values
  const { BTCPAY_WEBHOOK_SECRET: webhookSecret } = values
  if (!url || !apiKey || !storeId || !webhookSecret) return undefined
  return { url, apiKey, storeId, webhookSecret }
}

function btcpayFaults(values: z.infer<typeof environment>): string[] {
  const names = ['BTCPAY_URL', 'BTCPAY_API_KEY', 'BTCPAY_STORE_ID', 'BTCPAY_WEBHOOK_SECRET'] as const
  const missing = names.filter((name) => !values[name])
  if (missing.length === names.length) return []
  return missing.map((name) => `${name} is missing: BTCPay Server needs ${names.join(', ')}, or none of them`)
}

/** Web push is off without its keys. */
function pushOf(values: z.infer<typeof environment>) {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = values
  if (!publicKey || !privateKey || !subject) return undefined
  return { publicKey, privateKey, subject, hosts: values.PUSH_HOSTS }
}

function pushFaults(values: z.infer<typeof environment>): string[] {
  const names = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const
  const missing = names.filter((name) => !values[name])
  if (missing.length === names.length) return []
  const faults = missing.map(
    (name) => `${name} is missing: web push needs ${names.join(', ')}, or none of them`,
  )
  if (!values.PUBLIC_URL) faults.push('PUBLIC_URL is missing: a push has to say where the panel is')
  const push = pushOf(values)
  if (push && !belongTogether(push)) {
    faults.push('VAPID_PRIVATE_KEY does not belong to VAPID_PUBLIC_KEY: both must come from the same pair')
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

/** https, or a name that leads nowhere outside: this machine, the next container, an onion address. */
function isSafeForKeys(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || /^(127\.0\.0\.1|\[::1\]|[^.]+|.+\.(onion|local|internal))$/.test(hostname)
}

function isMailServer(text: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(text)
    decodeURIComponent(username + password)
    return /^smtps?:$/.test(protocol) && hostname !== ''
  } catch {
    return false
  }
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
