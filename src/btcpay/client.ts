import { Agent, request } from 'undici'
import type { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import { shorten } from '../lib/shorten.ts'
import { timeLimit } from '../lib/time-limit.ts'
import { problem } from './shapes.ts'

const TIMEOUT_MS = 8_000
const MOST_BYTES = 4 * 1024 * 1024
const MAX_REASON = 200

export interface BtcpaySettings {
  /** Without a slash at the end. */
  url: string
  apiKey: string
  storeId: string
}

/** BTCPay Server answered, but not with what was asked for. The message names no secret: the key only travels in a header. */
export class BtcpayError extends Error {
  override readonly name = 'BtcpayError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  /** Whether asking again the same way is no use. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429
  }
}

export interface BtcpayClient {
  storeId: string
  /** `path` begins behind /api/v1, its parts encoded. */
  get<T>(path: string, shape: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: object, shape: z.ZodType<T>): Promise<T>
}

// The time limit is ours, by the clock. undici follows no redirects: they could lead anywhere, with the key.
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })

/** Speaks the Greenfield API of one store. Each call ends within 8 s by the clock; answers are read up to 4 MB. */
export function createBtcpayClient({ url, apiKey, storeId }: BtcpaySettings, clock: Clock): BtcpayClient {
  async function call<T>(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    shape: z.ZodType<T>,
  ): Promise<T> {
    const { signal, end } = timeLimit(clock, TIMEOUT_MS)
    const headers = { authorization: `token ${apiKey}`, 'content-type': 'application/json' }
    try {
      const sent = body && JSON.stringify(body)
      const answer = await request(`${url}/api/v1${path}`, {
        method,
        headers,
        body: sent ?? null,
        signal,
        dispatcher,
      })
      // A proxy that repeats what it was sent repeats the key, and its words end up in the log and the panel.
      const said = (await readText(answer.body)).replaceAll(apiKey, '[redacted]')
      return read(answer.statusCode, said, shape)
    } catch (error) {
      if (error instanceof BtcpayError) throw error
      throw new Error(`BTCPay Server: ${signal.aborted ? signal.reason.message : connectionFault(error)}`)
    } finally {
      end()
    }
  }

  return {
    storeId,
    get: (path, shape) => call('GET', path, undefined, shape),
    post: (path, body, shape) => call('POST', path, body, shape),
  }
}

function connectionFault(error: unknown): string {
  return `the connection failed (${(error as { code?: string }).code ?? 'unknown reason'})`
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new BtcpayError(0, 'BTCPay Server answered with more than can be right.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function read<T>(status: number, text: string, shape: z.ZodType<T>): T {
  const said = parse(text)
  if (status !== 200) throw new BtcpayError(status, refusalIn(status, said))
  const parsed = shape.safeParse(said)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.join('.')
  throw new BtcpayError(0, `BTCPay Server answered in a shape that is not known (${path || 'no JSON'}).`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** 422 and 400 hold a list of faults, others one with a code; a proxy in front of it answers with whatever it likes. */
function refusalIn(status: number, said: unknown): string {
  if (status === 401) return 'BTCPay Server does not know the API key (401).'
  const parsed = problem.safeParse(said)
  const faults = parsed.success ? [parsed.data].flat() : []
  const words = faults.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(' ')
  return `BTCPay Server refused (${status})${words ? `: ${shorten(words, MAX_REASON)}` : '.'}`
}
