import { describe, expect, it } from 'vitest'
import { KEEP } from '../tests/given-jobs.ts'
import { readConfig } from './config.ts'
import { newVapidKeys } from './lib/vapid.ts'

const TOKEN = '123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr'

function givenPush() {
  const { publicKey, privateKey } = newVapidKeys()
  return {
    BOT_TOKEN: TOKEN,
    PUBLIC_URL: 'https://shop.example',
    VAPID_PUBLIC_KEY: publicKey,
    VAPID_PRIVATE_KEY: privateKey,
    VAPID_SUBJECT: 'mailto:olga@littleshop.org',
  }
}

describe('the settings', () => {
  it('need a token and nothing else', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN })).toMatchObject({
      port: 8080,
      dataDir: './data',
      updates: 'polling',
      undoGraceMs: 5000,
      keep: KEEP,
      // Figures are nobody's but this machine's.
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
    })
  })

  it('say what to set, and mention the demo, when there is no token', () => {
    expect(() => readConfig({})).toThrow(/BOT_TOKEN is missing.*npm run demo/)
  })

  it('take a currency in small letters, too', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN, CURRENCY: 'eur' }).currency).toBe('EUR')
  })

  it('list every fault at once', () => {
    const env = {
      BOT_TOKEN: 'x',
      PORT: 'eighty',
      OWNER_IDS: 'me',
      CURRENCY: 'EURO',
      TIMEZONE: 'Mars',
      LOG_LEVEL: 'loud',
      UPDATES: 'push',
    }
    const message = messageOf(() => readConfig(env))
    for (const name of Object.keys(env)) expect(message).toContain(`- ${name} `)
  })

  it('want an https address for webhooks', () => {
    expect(() => readConfig({ BOT_TOKEN: TOKEN, UPDATES: 'webhook' })).toThrow(
      'PUBLIC_URL must be an https address',
    )
    const config = readConfig({ BOT_TOKEN: TOKEN, UPDATES: 'webhook', PUBLIC_URL: 'https://shop.example/' })
    expect(config.publicUrl).toBe('https://shop.example')
  })

  it('want all of BTCPay Server or nothing, and a safe way to it', () => {
    const btcpay = {
      BTCPAY_URL: 'https://btcpay.example/',
      BTCPAY_API_KEY: 'key-of-the-shop',
      BTCPAY_STORE_ID: 'Store1',
      BTCPAY_WEBHOOK_SECRET: 'secret-of-the-shop',
    }
    expect(readConfig({ BOT_TOKEN: TOKEN }).btcpay).toBeUndefined()
    expect(readConfig({ BOT_TOKEN: TOKEN, ...btcpay }).btcpay).toEqual({
      url: 'https://btcpay.example',
      apiKey: 'key-of-the-shop',
      storeId: 'Store1',
      webhookSecret: 'secret-of-the-shop',
    })
    for (const name of Object.keys(btcpay)) {
      const message = messageOf(() => readConfig({ BOT_TOKEN: TOKEN, ...btcpay, [name]: '' }))
      expect(message).toContain(`- ${name} is missing: BTCPay Server needs`)
      for (const secret of ['key-of-the-shop', 'secret-of-the-shop']) expect(message).not.toContain(secret)
    }
    const url = (text: string) => () => readConfig({ BOT_TOKEN: TOKEN, ...btcpay, BTCPAY_URL: text })
    expect(url('http://btcpay.example')).toThrow('BTCPAY_URL must be an https address')
    expect(url('btcpay')).toThrow('BTCPAY_URL must be a web address')
    for (const near of ['http://127.0.0.1:23000', 'http://btcpayserver:49392', 'http://abc.onion']) {
      expect(url(near)().btcpay?.url).toBe(near)
    }
  })

  it('want all of a bucket or nothing, a safe way to it, and a whole key', () => {
    const bucket = {
      S3_ENDPOINT: 'https://s3.example',
      S3_REGION: 'auto',
      S3_BUCKET: 'shop-backups',
      S3_ACCESS_KEY_ID: 'id-of-the-key',
      S3_SECRET_ACCESS_KEY: 'secret-of-the-key',
    }
    const read = (env: object) => readConfig({ BOT_TOKEN: TOKEN, DATA_DIR: '/data', ...env }).backup
    const usual = { folder: '/data/backups', everyMs: 6 * 3_600_000, keepDays: 30 }
    expect(read({})).toEqual({ ...usual, key: undefined, bucket: undefined })
    expect(read({ ...bucket, S3_PREFIX: 'tea/', BACKUP_DIR: '/kept' })).toMatchObject({
      folder: '/kept',
      bucket: { endpoint: 'https://s3.example', prefix: 'tea/', secretAccessKey: 'secret-of-the-key' },
    })
    for (const name of Object.keys(bucket)) {
      const message = messageOf(() => read({ ...bucket, [name]: '' }))
      expect(message).toContain(`- ${name} is missing: a bucket needs`)
      expect(message).not.toContain('secret-of-the-key')
    }
    expect(() => read({ ...bucket, S3_ENDPOINT: 'http://s3.example' })).toThrow(
      'S3_ENDPOINT must be an https',
    )
    expect(read({ ...bucket, S3_ENDPOINT: 'http://minio:9000' }).bucket?.endpoint).toBe('http://minio:9000')
    const message = messageOf(() =>
      read({ BACKUP_KEY: 'hunter2', BACKUP_EVERY_HOURS: '-1', BACKUP_KEEP_DAYS: '0' }),
    )
    expect(message).toContain('- BACKUP_KEY must be a whole key AGE-SECRET-KEY-1')
    expect(message).toContain('- BACKUP_EVERY_HOURS must be a whole number from 0 to 168')
    expect(message).toContain('- BACKUP_KEEP_DAYS must be a whole number from 1 to 366')
    expect(message).not.toContain('hunter2')
  })

  it('take a payment token only in its form, and a sensible time to pay', () => {
    const message = messageOf(() =>
      readConfig({ BOT_TOKEN: TOKEN, PAYMENT_PROVIDER_TOKEN: 'stripe', ONLINE_PAYMENT_MINUTES: '5' }),
    )
    expect(message).toContain('- PAYMENT_PROVIDER_TOKEN does not look like')
    expect(message).toContain('- ONLINE_PAYMENT_MINUTES must be a whole number from 10 to 1440')
    expect(readConfig({ BOT_TOKEN: TOKEN })).toMatchObject({ onlineWindowMs: 3_600_000 })
  })

  it('take empty values for missing ones, and owners in any separation', () => {
    expect(readConfig({ BOT_TOKEN: TOKEN, PORT: '', OWNER_IDS: '1, 2 3' })).toMatchObject({
      port: 8080,
      ownerIds: [1, 2, 3],
    })
  })

  it('send mail only with a server and a sender', () => {
    const mail = {
      SMTP_URL: 'smtps://shop:p%40ss@mail.example.com',
      MAIL_FROM: 'Soap & Co <orders@shop.example>',
    }
    expect(readConfig({ BOT_TOKEN: TOKEN }).mail).toBeUndefined()
    expect(readConfig({ BOT_TOKEN: TOKEN, ...mail }).mail).toEqual({
      smtpUrl: mail.SMTP_URL,
      from: 'orders@shop.example',
    })
    expect(() => readConfig({ BOT_TOKEN: TOKEN, SMTP_URL: mail.SMTP_URL })).toThrow('MAIL_FROM is missing')
    expect(() => readConfig({ BOT_TOKEN: TOKEN, MAIL_FROM: mail.MAIL_FROM })).toThrow('SMTP_URL is missing')
  })

  it('never repeat the password of a mail server they do not understand', () => {
    for (const SMTP_URL of [
      'smtp://me:hunter2/2@host',
      'https://me:hunter2@host',
      'me:hunter2',
      'smtp://me:hunter2%@host',
    ]) {
      const message = messageOf(() => readConfig({ BOT_TOKEN: TOKEN, SMTP_URL, MAIL_FROM: 'nobody' }))
      expect(message).toContain('- SMTP_URL must be a mail server')
      expect(message).toContain('- MAIL_FROM must be an address')
      expect(message).not.toContain('hunter2')
    }
  })

  it('send web push only with a pair of keys and a subject', () => {
    const env = givenPush()
    expect(readConfig({ BOT_TOKEN: TOKEN, PUSH_HOSTS: 'push.example.com' }).push).toBeUndefined()
    expect(readConfig(env).push).toEqual({
      publicKey: env.VAPID_PUBLIC_KEY,
      privateKey: env.VAPID_PRIVATE_KEY,
      subject: env.VAPID_SUBJECT,
      hosts: [],
    })
    for (const name of ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT', 'PUBLIC_URL'])
      expect(() => readConfig({ ...env, [name]: '' })).toThrow(`- ${name} is missing: `)
  })

  it('refuse push keys that are no keys or of two pairs, and never repeat them', () => {
    const env = givenPush()
    const message = messageOf(() => readConfig({ ...env, VAPID_PRIVATE_KEY: newVapidKeys().privateKey }))
    expect(message).toContain('VAPID_PRIVATE_KEY does not belong to VAPID_PUBLIC_KEY')
    const swapped = { VAPID_PUBLIC_KEY: env.VAPID_PRIVATE_KEY, VAPID_PRIVATE_KEY: env.VAPID_PUBLIC_KEY }
    const refused = messageOf(() => readConfig({ ...env, ...swapped }))
    expect(refused).toContain('- VAPID_PUBLIC_KEY must be a VAPID public key')
    expect(refused).toContain('- VAPID_PRIVATE_KEY must be a VAPID private key')
    expect(refused).not.toContain(env.VAPID_PRIVATE_KEY)
  })

  it('refuse a push subject that Apple refuses, and say so', () => {
    for (const VAPID_SUBJECT of [
      'mailto:olga@localhost',
      'mailto:<olga@littleshop.org>',
      'https://127.0.0.1',
    ])
      expect(() => readConfig({ ...givenPush(), VAPID_SUBJECT })).toThrow(/VAPID_SUBJECT .*403 BadJwtToken/)
  })

  it('take whole origins from which pictures may be fetched inside the network', () => {
    const read = (hosts: string) => readConfig({ BOT_TOKEN: TOKEN, IMAGE_HOSTS: hosts }).imageHosts
    expect(read('')).toEqual([])
    expect(read('http://images.internal:9000, https://10.0.0.1')).toEqual([
      'http://images.internal:9000',
      'https://10.0.0.1',
    ])
    for (const host of ['images.internal', 'http://images.internal/', 'http://a b', '*'])
      expect(() => read(host)).toThrow('- IMAGE_HOSTS must be origins')
  })

  it('take push hosts by name, and addresses of this machine alone', () => {
    const PUSH_HOSTS = 'push.example.com, *.Push.example.org http://127.0.0.1:4000'
    expect(readConfig({ ...givenPush(), PUSH_HOSTS }).push?.hosts).toEqual([
      'push.example.com',
      '*.push.example.org',
      'http://127.0.0.1:4000',
    ])
    for (const host of [
      '*',
      '*.org',
      'https://push.example.com',
      '10.0.0.1',
      'http://10.0.0.1:80',
      'a@b.org',
    ])
      expect(() => readConfig({ ...givenPush(), PUSH_HOSTS: host })).toThrow('- PUSH_HOSTS must be')
  })
})

function messageOf(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}
