import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Refusal, refuse } from './refusal.ts'

const DAY_S = 86_400
const SUBJECT = /^(mailto:[^\s<>@]+@|https:\/\/)([a-z0-9-]+\.)+[a-z]+(\/\S*)?$/i
const NOT_PUBLIC = /(localhost|\.local|\.invalid|\.test)(\/|$)/i

export interface VapidContext {
  origin: string
  /** ms since 1970. */
  now: number
  /** The key the subscription was made for. */
  applicationServerKey: string | undefined
}

/** Checks `Authorization: vapid t=…, k=…` (RFC 8292) as the strictest push services do; says what is wrong with it. */
export function checkVapid(authorization: string, context: VapidContext): Refusal | undefined {
  if (!authorization) return refuse(401, 'MissingAuthorization')
  const match = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), ?k=([\w-]{87})$/.exec(authorization)
  if (!match) return refuse(401, 'BadAuthorization')
  const [, token = '', key = ''] = match
  if (!isSigned(token, key)) return refuse(403, 'BadJwtToken')
  const { origin, now, applicationServerKey } = context
  if (applicationServerKey && applicationServerKey !== key) return refuse(403, 'VapidPkHashMismatch')
  const { aud, exp, sub } = part(token, 1)
  const left = Number(exp) - now / 1000
  if (!(left > 0 && left <= DAY_S)) return refuse(403, 'ExpiredJwtToken')
  if (aud !== origin) return refuse(403, 'BadJwtToken')
  return isSubject(String(sub)) ? undefined : refuse(403, 'BadJwtToken')
}

function isSubject(sub: string): boolean {
  return SUBJECT.test(sub) && !NOT_PUBLIC.test(sub)
}

function isSigned(token: string, key: string): boolean {
  const end = token.lastIndexOf('.')
  try {
    if (part(token, 0).alg !== 'ES256') return false
    const signature = Buffer.from(token.slice(end + 1), 'base64url')
    const signed = Buffer.from(token.slice(0, end))
    return verify('sha256', signed, { key: publicKey(key), dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}

function part(token: string, index: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString())
}

/** 0x04 | x (32) | y (32) */
function publicKey(raw: string): KeyObject {
  const bytes = Buffer.from(raw, 'base64url')
  const [x = '', y = ''] = [bytes.subarray(1, 33), bytes.subarray(33)].map((one) => one.toString('base64url'))
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
}
