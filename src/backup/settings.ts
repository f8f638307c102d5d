import { join } from 'node:path'
import { z } from 'zod'
import { isBackupKey } from '../lib/backup-key.ts'
import { ShopError } from '../lib/shop-error.ts'
import { wholeNumber } from '../lib/whole-number.ts'
import type { BucketSettings } from './bucket-store.ts'

const S3_NAMES = [
  'S3_ENDPOINT',
  'S3_REGION',
  'S3_BUCKET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const
/** Names that lead nowhere outside: this machine, the next container. */
const NEAR = /^(127\.0\.0\.1|\[::1\]|[^.]+|.+\.(local|internal))$/

/** The settings of backups in the environment; .env.example says what each does. */
export const BACKUP_ENVIRONMENT = {
  BACKUP_DIR: z.string().optional(),
  BACKUP_EVERY_HOURS: wholeNumber(0, 168).default(6),
  BACKUP_KEEP_DAYS: wholeNumber(1, 366).default(30),
  BACKUP_KEY: z
    .string()
    .refine(isBackupKey, 'must be a whole key AGE-SECRET-KEY-1…; to make one: npm run restore -- --new-key')
    .optional(),
  S3_ENDPOINT: z
    .string()
    .refine(isEndpoint, 'must be an https address, as in S3_ENDPOINT=https://fly.storage.tigris.dev')
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]+$/, 'must be the name of a region, as in eu-central-1, or auto')
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  S3_PREFIX: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*\/?$/, 'must be a folder in the bucket, as in S3_PREFIX=my-shop')
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
}

const environment = z.object(BACKUP_ENVIRONMENT)
export type BackupEnvironment = z.infer<typeof environment>

export interface BackupSettings {
  folder: string
  /** How old the newest backup becomes before another is made, ms; 0 makes none by itself. */
  everyMs: number
  keepDays: number
  key: string | undefined
  bucket: BucketSettings | undefined
}

export function backupSettingsOf(values: BackupEnvironment, dataDir: string): BackupSettings {
  return {
    folder: values.BACKUP_DIR ?? join(dataDir, 'backups'),
    everyMs: values.BACKUP_EVERY_HOURS * 3_600_000,
    keepDays: values.BACKUP_KEEP_DAYS,
    key: values.BACKUP_KEY,
    bucket: bucketOf(values),
  }
}

/** The same without the rest of the shop's settings, for a machine that has none yet. Throws a ShopError listing the faults. */
export function readBackupSettings(
  env: Record<string, string | undefined>,
): BackupSettings & { dataDir: string } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environment.safeParse(given)
  const faults = parsed.success
    ? backupFaults(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  if (faults.length > 0 || !parsed.success) throw new ShopError('invalid', faults.join('\n'))
  const dataDir = given.DATA_DIR ?? './data'
  return { ...backupSettingsOf(parsed.data, dataDir), dataDir }
}

/** What is set by half, in words for the person who set it. */
export function backupFaults(values: BackupEnvironment): string[] {
  const missing = S3_NAMES.filter((name) => !values[name])
  if (missing.length === 0) return []
  if (missing.length === S3_NAMES.length && !values.S3_PREFIX) return []
  return missing.map((name) => `${name} is missing: a bucket needs ${S3_NAMES.join(', ')}, or none of them`)
}

/** Backups go to no bucket unless it is named. */
function bucketOf(values: BackupEnvironment): BucketSettings | undefined {
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket, S3_PREFIX: prefix } = values
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values
  if (!endpoint || !region || !bucket || !accessKeyId || !secretAccessKey) return undefined
  return {
    endpoint,
    region,
    bucket,
    prefix: prefix ? `${prefix.replace(/\/$/, '')}/` : '',
    accessKeyId,
    secretAccessKey,
  }
}

/** Only over https, or to a name that leads nowhere outside: backups hold all that customers entrusted to the shop. */
function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname } = new URL(text)
  if (pathname !== '/') return false
  return protocol === 'https:' || (protocol === 'http:' && NEAR.test(hostname))
}
