import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ShopError } from '../lib/shop-error.ts'
import type { TelegramUser } from '../shop/customers/greet-person.ts'

const MAX_AGE_MS = 3_600_000
const MAX_AHEAD_MS = 60_000

const telegramUser = z.object({
  id: z.int(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})

/**
 * The person Telegram vouches for in a Mini App's initData, at most an hour old.
 * Throws a ShopError unauthorized for anything forged, broken or old (core.telegram.org/bots/webapps, "Validating data").
 */
export function verifyInitData(initData: string, botToken: string, now: number): TelegramUser {
  const fields = new URLSearchParams(initData)
  if (!isSigned(fields, botToken)) throw new ShopError('unauthorized', 'This sign-in is not from Telegram.')
  const age = now - Number(fields.get('auth_date')) * 1000
  if (!(age <= MAX_AGE_MS && age >= -MAX_AHEAD_MS)) {
    throw new ShopError('unauthorized', 'This sign-in is too old. Please open the panel again from Telegram.')
  }
  return readUser(fields.get('user'))
}

function isSigned(fields: URLSearchParams, botToken: string): boolean {
  const given = Buffer.from(fields.get('hash') ?? '', 'hex')
  const checked = [...fields]
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(botToken).digest()
  const expected = createHmac('sha256', key).update(checked).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function readUser(json: string | null): TelegramUser {
  try {
    return telegramUser.parse(JSON.parse(json ?? ''))
  } catch {
    throw new ShopError('unauthorized', 'This sign-in does not say who you are.')
  }
}
