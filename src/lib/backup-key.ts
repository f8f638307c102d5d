import { bech32 } from '@scure/base'

const PREFIX = 'age-secret-key-'
const KEY_BYTES = 32

/** Whether this is a whole secret key of age, as `age-keygen` and `npm run restore -- --new-key` make it. */
export function isBackupKey(text: string): boolean {
  const decoded = bech32.decodeUnsafe(text.toLowerCase(), 90)
  if (text !== text.toUpperCase() || decoded?.prefix !== PREFIX) return false
  return bech32.fromWordsUnsafe(decoded.words)?.length === KEY_BYTES
}
