import type { IncomingHttpHeaders } from 'node:http'
import { type Refusal, refuse } from './refusal.ts'

const MAX_BYTES = 4_096
const MAX_TTL_S = 28 * 86_400
const URGENCIES = ['very-low', 'low', 'normal', 'high']

/** What is wrong with the form of a push (RFC 8030), apart from who sent it and to whom. */
export function checkRequest(headers: IncomingHttpHeaders, body: Buffer): Refusal | undefined {
  const { ttl, urgency = 'normal', topic } = headers
  if (headers['content-encoding'] !== 'aes128gcm') return refuse(415, 'BadContentEncoding')
  if (body.length > MAX_BYTES) return refuse(413, 'PayloadTooLarge')
  if (typeof ttl !== 'string' || !/^\d+$/.test(ttl) || Number(ttl) > MAX_TTL_S) return refuse(400, 'BadTtl')
  if (!URGENCIES.includes(String(urgency))) return refuse(400, 'BadUrgency')
  // Base64url by the RFC; Mozilla takes less.
  if (topic !== undefined && !/^[A-Za-z0-9]{1,32}$/.test(String(topic))) return refuse(400, 'BadTopic')
  return undefined
}
