import type { IncomingMessage } from 'node:http'
import { Params, type Upload } from './params.ts'
import { badRequest, Refusal } from './refusal.ts'

const maxBody = 50 * 1024 * 1024

/** The parameters of a Bot API call from its query and its body, whichever way that is encoded. */
export async function readParams(
  request: IncomingMessage,
  query: URLSearchParams | undefined,
): Promise<Params> {
  const values: Record<string, unknown> = query ? Object.fromEntries(query) : {}
  if (request.method === 'GET' || request.method === 'HEAD') return new Params(values)
  const type = request.headers['content-type'] ?? ''
  const body = await readBody(request)
  if (body.length === 0) return new Params(values)
  if (type.startsWith('application/json')) return new Params({ ...values, ...parseJson(body) })
  if (type.startsWith('multipart/form-data')) return readMultipart(values, body, type)
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new Params({ ...values, ...Object.fromEntries(new URLSearchParams(body.toString())) })
  }
  return new Params(values)
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBody) throw new Refusal(413, 'Request Entity Too Large')
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString())
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Falls through to the same refusal as a body that is JSON, but no object.
  }
  throw badRequest("can't parse request: body is not a JSON object")
}

async function readMultipart(values: Record<string, unknown>, body: Buffer, type: string): Promise<Params> {
  const files = new Map<string, Upload>()
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  for (const [name, value] of form) {
    if (typeof value === 'string') values[name] = value
    else {
      const bytes = Buffer.from(await value.arrayBuffer())
      files.set(name, { name: value.name, mime: value.type || 'application/octet-stream', bytes })
    }
  }
  return new Params(values, files)
}
