import { ECDH } from 'node:crypto'
import { checkEndpoint } from './push-hosts.ts'

/** What a browser gives to be reached by web push; the keys are base64url. */
export interface PushSubscription {
  endpoint: string
  p256dh: string
  auth: string
}

/** Why the shop cannot send to this browser, in a sentence for a person, or undefined when it can. */
export function checkSubscription(
  subscription: PushSubscription,
  hosts: readonly string[],
): string | undefined {
  const reason = checkEndpoint(subscription.endpoint, hosts)
  if (reason) return reason
  return hasKeys(subscription) ? undefined : 'The keys of this browser are not valid.'
}

function hasKeys({ p256dh, auth }: PushSubscription): boolean {
  if (!/^B[\w-]{86}=?$/.test(p256dh) || !/^[\w-]{22}(==)?$/.test(auth)) return false
  try {
    return Boolean(ECDH.convertKey(p256dh, 'prime256v1', 'base64url'))
  } catch {
    return false
  }
}
