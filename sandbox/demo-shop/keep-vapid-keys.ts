import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newVapidKeys, type VapidKeys } from '../../src/lib/vapid.ts'

/** The keys by which push services know the demo shop, made once: a browser's subscription holds for one key only. */
export function keepVapidKeys(dataDir: string): VapidKeys {
  const file = join(dataDir, 'vapid.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as VapidKeys
  const keys = newVapidKeys()
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}
