import { randomBytes } from 'node:crypto'
import { generateX25519Identity } from 'age-encryption'
import { isVapidSubject, newVapidKeys } from '../../src/lib/vapid.ts'
import type { Settings } from './env-file.ts'

/** Settings to write, and what to tell the person about them. */
export interface Addition {
  settings: Settings
  said: string
}

/** The keys of web push. They are made only when the shop can start with them: it needs all its settings or none. */
export function makePushKeys(env: NodeJS.Dict<string>): Addition {
  const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, PUBLIC_URL } = env
  const subject = env.VAPID_SUBJECT || subjectFrom(PUBLIC_URL)
  if (Boolean(VAPID_PUBLIC_KEY) !== Boolean(VAPID_PRIVATE_KEY)) {
    return nothing('one of VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY is missing. Fill it in, or empty both.')
  }
  if (!PUBLIC_URL || !subject) {
    return nothing(
      'fill in PUBLIC_URL, the https address of your shop, and run npm run setup again. If that address is not known on the whole internet, fill in VAPID_SUBJECT=mailto:you@your-domain, too.',
    )
  }
  if (!isVapidSubject(subject)) {
    return nothing(
      'VAPID_SUBJECT must be https://your-host or mailto:you@your-domain, known on the whole internet.',
    )
  }
  if (VAPID_PUBLIC_KEY && env.VAPID_SUBJECT) return { settings: {}, said: 'web push: its keys are there' }
  return {
    settings: { ...(!VAPID_PUBLIC_KEY && newKeys()), ...(!env.VAPID_SUBJECT && { VAPID_SUBJECT: subject }) },
    said: `web push: ${VAPID_PUBLIC_KEY ? 'completed' : 'keys made; keep a copy of them'}; the subject is ${subject}`,
  }
}

function newKeys(): Settings {
  const { publicKey, privateKey } = newVapidKeys()
  return { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey }
}

function subjectFrom(publicUrl: string | undefined): string | undefined {
  const origin = URL.parse(publicUrl ?? '')?.origin
  return origin && isVapidSubject(origin) ? origin : undefined
}

function nothing(why: string): Addition {
  return { settings: {}, said: `web push is off: ${why}` }
}

/** The secret BTCPay Server signs its messages with, once the shop has a server. */
export function makeBtcpaySecret(env: NodeJS.Dict<string>): Addition | undefined {
  if (!env.BTCPAY_URL || env.BTCPAY_WEBHOOK_SECRET) return undefined
  return {
    settings: { BTCPAY_WEBHOOK_SECRET: randomBytes(24).toString('hex') },
    said: 'BTCPay Server: secret of its webhook made. Copy it from .env into the webhook there',
  }
}

/** The key that closes backups, once they leave the machine. */
export async function makeBackupKey(env: NodeJS.Dict<string>): Promise<Addition | undefined> {
  if (!env.S3_BUCKET || env.BACKUP_KEY) return undefined
  return {
    settings: { BACKUP_KEY: await generateX25519Identity() },
    said: 'backups: key made. Keep a copy where the shop is not: without it no backup can be read',
  }
}
