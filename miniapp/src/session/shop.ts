import type { Me } from '../../../src/http/contract/session.ts'
import { session } from './session.ts'

/** The signed-in person and their shop. Only screens that are shown to signed-in people may ask. */
export function me(): Me {
  const now = session.value
  if (now.is !== 'in') throw new Error('Nobody is signed in')
  return now.me
}

export function timezone(): string {
  return session.value.is === 'in' ? session.value.me.shop.timezone : 'UTC'
}

export function currency(): string {
  return me().shop.currency
}
