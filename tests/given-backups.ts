import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type S3Sandbox, startS3 } from '../sandbox/s3/server.ts'
import { type BackupParts, createBackups } from '../src/backup/backups.ts'
import type { BucketSettings } from '../src/backup/bucket-store.ts'
import type { BackupSettings } from '../src/backup/settings.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { givenShop, type TestShop } from './given.ts'
import { suiteLog } from './suite-log.ts'

export const HOUR_MS = 3_600_000
/** Made for the tests only. */
export const KEY = 'AGE-SECRET-KEY-1S2U7H8XKC4MS76SDU6MEY8N477TVH0NY2AWSZERNAVUYM65KSYPQT2D872'
export const OTHER_KEY = 'AGE-SECRET-KEY-1JDMVF8U4YCREYRDVAYQFFLD0M39JTEG88ZPD5R9JA9K0LVTET3CSPA7A6V'

/** A bucket of its own, in a store on this machine that takes only what is rightly signed. */
export async function givenBucket(): Promise<S3Sandbox & { settings: BucketSettings }> {
  const s3 = await startS3()
  onTestFinished(() => s3.stop())
  const { endpoint, bucket, keys } = s3
  return { ...s3, settings: { endpoint, bucket, prefix: 'my-shop/', ...keys } }
}

/** A shop with its backups. */
export function givenBackups(wish: Partial<BackupSettings> = {}, shop: TestShop = givenShop()) {
  const folder = join(shop.folder, 'backups')
  const metrics = createMetrics()
  const settings: BackupSettings = {
    folder,
    everyMs: 6 * HOUR_MS,
    keepDays: 30,
    key: undefined,
    bucket: undefined,
    ...wish,
  }
  const parts: BackupParts = { shop, log: suiteLog(), metrics, dataDir: shop.folder, settings }
  const backups = createBackups(parts)
  onTestFinished(() => backups.stop())
  return {
    shop,
    folder: settings.folder,
    metrics,
    settings,
    backups,
    runDue: () => backups.runDue(new AbortController().signal),
    /** Names of the backups there are, oldest first. */
    names: () =>
      existsSync(settings.folder)
        ? readdirSync(settings.folder)
            .filter((name) => name.startsWith('littleshop-'))
            .sort()
        : [],
    /** Puts a picture or receipt where the shop keeps them. */
    keep(path: string, content: string | Buffer) {
      mkdirSync(join(shop.folder, path, '..'), { recursive: true })
      writeFileSync(join(shop.folder, path), content)
    },
  }
}
