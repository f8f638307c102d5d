import { createHash, randomUUID } from 'node:crypto'
import { S3Refusal } from './refusal.ts'

const MOST_LISTED = 1_000
/** All parts but the last must be as large. */
const SMALLEST_PART = 5 * 1024 * 1024

export interface S3Request {
  method: string
  key: string
  query: URLSearchParams
  body: Buffer
}

export interface S3Answer {
  status: number
  body?: Buffer | string
  etag?: string
}

/** A bucket in memory: whole objects, uploads in parts, lists by prefix in pages. */
export function createBucket(objects: Map<string, Buffer>) {
  const uploads = new Map<string, Map<number, Buffer>>()

  function answer(request: S3Request): S3Answer {
    const { method, key, query } = request
    const uploadId = query.get('uploadId')
    if (method === 'GET' && key === '') return list(query)
    if (method === 'POST' && query.has('uploads')) return begin(key)
    if (method === 'PUT' && uploadId) return takePart(uploadId, request)
    if (method === 'POST' && uploadId) return complete(uploadId, request)
    if (method === 'DELETE' && uploadId) return { status: uploads.delete(uploadId) ? 204 : 404 }
    if (method === 'PUT') return put(key, request.body)
    if (method === 'GET') return { status: 200, body: existing(key), etag: etagOf(existing(key)) }
    if (method === 'DELETE') {
      objects.delete(key)
      return { status: 204 }
    }
    throw new S3Refusal(405, 'MethodNotAllowed')
  }

  function existing(key: string): Buffer {
    const found = objects.get(key)
    if (!found) throw new S3Refusal(404, 'NoSuchKey')
    return found
  }

  function put(key: string, body: Buffer): S3Answer {
    objects.set(key, body)
    return { status: 200, etag: etagOf(body) }
  }

  function begin(key: string): S3Answer {
    const id = randomUUID()
    uploads.set(id, new Map())
    return {
      status: 200,
      body: xml('InitiateMultipartUploadResult', `${tag('Key', key)}${tag('UploadId', id)}`),
    }
  }

  function partsOf(uploadId: string): Map<number, Buffer> {
    const parts = uploads.get(uploadId)
    if (!parts) throw new S3Refusal(404, 'NoSuchUpload')
    return parts
  }

  function takePart(uploadId: string, { query, body }: S3Request): S3Answer {
    partsOf(uploadId).set(Number(query.get('partNumber')), body)
    return { status: 200, etag: etagOf(body) }
  }

  function complete(uploadId: string, { key, body }: S3Request): S3Answer {
    const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, n]) => Number(n))
    const parts = named.map((number) => partsOf(uploadId).get(number) ?? Buffer.alloc(0))
    if (parts.slice(0, -1).some((part) => part.length < SMALLEST_PART))
      throw new S3Refusal(400, 'EntityTooSmall')
    const whole = Buffer.concat(parts)
    objects.set(key, whole)
    uploads.delete(uploadId)
    return {
      status: 200,
      body: xml('CompleteMultipartUploadResult', tag('Key', key) + tag('ETag', etagOf(whole))),
    }
  }

  function list(query: URLSearchParams): S3Answer {
    if (query.get('list-type') !== '2') throw new S3Refusal(501, 'NotImplemented')
    const after = query.get('continuation-token') ?? ''
    const prefix = query.get('prefix') ?? ''
    const size = Math.min(Number(query.get('max-keys') ?? MOST_LISTED), MOST_LISTED)
    const fitting = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
    const page = fitting.slice(0, size)
    const more = fitting.length > page.length
    const rows = page.map((key) => tag('Contents', contentsOf(key, existing(key))))
    const next = more ? tag('NextContinuationToken', page.at(-1) ?? '') : ''
    const head = `${tag('Prefix', prefix)}${tag('KeyCount', String(page.length))}${tag('MaxKeys', String(size))}`
    const body = xml('ListBucketResult', `${head}${tag('IsTruncated', String(more))}${next}${rows.join('')}`)
    return { status: 200, body }
  }

  return answer
}

function contentsOf(key: string, body: Buffer): string {
  const modified = new Date().toISOString()
  return `${tag('Key', key)}${tag('LastModified', modified)}${tag('ETag', etagOf(body))}${tag('Size', String(body.length))}`
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}

function tag(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

function xml(name: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${name}>`
}
