import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBucket, type S3Answer } from './bucket.ts'
import { checkSignature, type S3Keys } from './check-signature.ts'
import { S3Refusal } from './refusal.ts'

const LARGEST_BODY = 256 * 1024 * 1024

/** A stand-in for an S3-compatible store with one bucket. It takes only what is rightly signed. */
export interface S3Sandbox {
  endpoint: string
  bucket: string
  keys: S3Keys
  objects: Map<string, Buffer>
  /** What was asked, as "PUT key". */
  requests: string[]
  /** Answers the next requests of this method with this status; it forgets so after as many. */
  fail(method: string, status: number, times?: number): void
  stop(): Promise<void>
}

export async function startS3(): Promise<S3Sandbox> {
  const keys = { accessKeyId: 'SANDBOXKEY', secretAccessKey: 'sandbox/secret+key', region: 'eu-test-1' }
  const bucket = 'shop-backups'
  const objects = new Map<string, Buffer>()
  const requests: string[] = []
  const failures: { method: string; status: number }[] = []
  const inBucket = createBucket(objects)

  async function answer(request: IncomingMessage): Promise<S3Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sandbox')
    const [, name, ...path] = pathname.split('/')
    const key = path.map(decodeURIComponent).join('/')
    const { method = '' } = request
    requests.push(`${method} ${key}`)
    const body = await readBody(request)
    checkSignature(request, body, keys)
    if (name !== bucket) throw new S3Refusal(404, 'NoSuchBucket')
    const failing = failures.findIndex((failure) => failure.method === method)
    if (failing >= 0) throw new S3Refusal(failures.splice(failing, 1)[0]?.status ?? 500, 'InternalError')
    return inBucket({ method, key, query: searchParams, body })
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (answered) => write(response, answered),
      (error) => write(response, refused(error)),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket,
    keys,
    objects,
    requests,
    fail(method, status, times = 1) {
      for (let i = 0; i < times; i++) failures.push({ method, status })
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > LARGEST_BODY) throw new S3Refusal(400, 'EntityTooLarge')
    chunks.push(chunk)
  }
  if (request.headers['content-length'] === undefined && length > 0)
    throw new S3Refusal(411, 'MissingContentLength')
  return Buffer.concat(chunks)
}

function refused(error: unknown): S3Answer {
  if (!(error instanceof S3Refusal)) throw error
  const { status, code } = error
  return {
    status,
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  }
}

function write(response: ServerResponse, { status, body = '', etag }: S3Answer): void {
  response.writeHead(status, {
    'content-length': Buffer.byteLength(body),
    ...(status !== 204 && {
      'content-type': typeof body === 'string' ? 'application/xml' : 'binary/octet-stream',
    }),
    ...(etag && { etag }),
    'last-modified': new Date().toUTCString(),
  })
  response.end(body)
}
