import { createECDH } from 'node:crypto'

// Names that only mean something on one machine or in one network, or nothing at all (RFC 2606, 6762, 8375).
const NOT_PUBLIC = /(^|\.)(localhost|local|localdomain|internal|lan|home|arpa|invalid|test|example)$/
const PUBLIC_FORM = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/

/** A pair of VAPID keys, by which push services know the shop; both base64url. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

export function newVapidKeys(): VapidKeys {
  const curve = createECDH('prime256v1')
  const publicKey = curve.generateKeys('base64url')
  // One key in 256 starts with a zero byte, which getPrivateKey leaves out.
  const privateKey = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32)
  return { publicKey, privateKey: privateKey.toString('base64url') }
}

/** Has the form of a public key: an uncompressed point, 65 bytes. */
export function isVapidPublicKey(text: string): boolean {
  return /^B[\w-]{86}$/.test(text)
}

/** Has the form of a private key: 32 bytes. */
export function isVapidPrivateKey(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/** Whether the public key is the one of the private key. */
export function belongTogether({ publicKey, privateKey }: VapidKeys): boolean {
  const curve = createECDH('prime256v1')
  try {
    curve.setPrivateKey(privateKey, 'base64url')
  } catch {
    return false
  }
  return curve.getPublicKey('base64url') === publicKey
}

/** Says who runs the shop, in a form that every push service takes. Apple answers others with 403 BadJwtToken. */
export function isVapidSubject(subject: string): boolean {
  const mail = /^mailto:[^\s<>@,;:?&"()]+@([^\s<>@]+)$/.exec(subject)
  if (mail) return isPublicHost(mail[1] ?? '')
  if (!/^https:\/\/[^\s<>@]+$/.test(subject)) return false
  return isPublicHost(URL.parse(subject)?.hostname ?? '')
}

function isPublicHost(host: string): boolean {
  const name = host.toLowerCase()
  return PUBLIC_FORM.test(name) && !NOT_PUBLIC.test(name)
}
