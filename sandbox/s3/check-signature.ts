import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { S3Refusal } from './refusal.ts'

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
const MUST_BE_SIGNED = ['host', 'x-amz-content-sha256', 'x-amz-date']
const SKEW_MS = 15 * 60_000

export interface S3Keys {
  accessKeyId: string
  secretAccessKey: string
  region: string
}

/** Checks the AWS signature, version 4, of a request with its whole body, as S3 does. Throws an S3Refusal. */
export function checkSignature(request: IncomingMessage, body: Buffer, keys: S3Keys): void {
  const match = AUTHORIZATION.exec(String(request.headers.authorization ?? ''))
  if (!match) throw new S3Refusal(403, 'AccessDenied')
  const [, accessKeyId, day = '', region = '', signedHeaders = '', signature = ''] = match
  if (accessKeyId !== keys.accessKeyId) throw new S3Refusal(403, 'InvalidAccessKeyId')
  if (region !== keys.region) throw new S3Refusal(400, 'AuthorizationHeaderMalformed')
  const names = signedHeaders.split(';')
  if (MUST_BE_SIGNED.some((name) => !names.includes(name))) throw new S3Refusal(403, 'AccessDenied')
  const moment = String(request.headers['x-amz-date'])
  checkMoment(moment, day)
  const claimed = String(request.headers['x-amz-content-sha256'])
  if (claimed !== sha256(body)) throw new S3Refusal(400, 'XAmzContentSHA256Mismatch')
  const scope = `${day}/${region}/s3/aws4_request`
  const asked = sha256(canonicalRequest(request, names, claimed))
  const expected = hmac(signingKey(keys, day), `AWS4-HMAC-SHA256\n${moment}\n${scope}\n${asked}`)
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    throw new S3Refusal(403, 'SignatureDoesNotMatch')
  }
}

function checkMoment(moment: string, day: string): void {
  const [, year, month, date, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(moment) ?? []
  const at = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`)
  const isNow = Math.abs(Date.now() - at) <= SKEW_MS
  if (!isNow || !moment.startsWith(day)) throw new S3Refusal(403, 'RequestTimeTooSkewed')
}

function canonicalRequest(request: IncomingMessage, names: string[], bodyHash: string): string {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const headers = names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
  const canonicalPath = path
    .split('/')
    .map((part) => escaped(decodeURIComponent(part)))
    .join('/')
  return [
    request.method,
    canonicalPath,
    canonicalQuery(query),
    headers.join(''),
    names.join(';'),
    bodyHash,
  ].join('\n')
}

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
  return pairs.sort().join('&')
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function signingKey({ secretAccessKey, region }: S3Keys, day: string): Buffer {
  return [day, region, 's3', 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`))
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}
