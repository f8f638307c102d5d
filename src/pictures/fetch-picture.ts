import { type Dispatcher, request } from 'undici'
import type { Clock } from '../lib/clock.ts'
import { ShopError } from '../lib/shop-error.ts'
import { timeLimit } from '../lib/time-limit.ts'
import { createPublicDispatcher } from './public-dispatcher.ts'

const WITHIN_MS = 20_000
const MOST_BYTES = 20 * 1024 * 1024

interface FetchSettings {
  clock: Clock
  /** IMAGE_HOSTS: origins that may lie inside the shop's own network. */
  hosts: readonly string[]
}

/** How the shop fetches pictures that others have put somewhere: bounded in time, size and where it may go. */
export function createPictureFetcher({ clock, hosts }: FetchSettings) {
  const dispatcher = createPublicDispatcher(hosts)
  return async function fetchPicture(url: string, stopping: AbortSignal): Promise<Buffer> {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw refused('Its address is not a web address.')
    const limit = timeLimit(clock, WITHIN_MS)
    try {
      return await fetchWithin(url, dispatcher, AbortSignal.any([limit.signal, stopping]))
    } catch (error) {
      throw error instanceof ShopError ? error : refused(inWords(error, limit.signal))
    } finally {
      limit.end()
    }
  }
}

async function fetchWithin(url: string, dispatcher: Dispatcher, signal: AbortSignal): Promise<Buffer> {
  const headers = { accept: 'image/*', 'user-agent': 'LittleShop' }
  const { statusCode, body } = await request(url, { headers, signal, dispatcher })
  try {
    if (statusCode !== 200) throw refused(`Its server answers with ${statusCode}.`)
    return await readAll(body)
  } finally {
    // What is left is not waited for; without a listener the ending itself would count as an error nobody handles.
    body.on('error', () => undefined).destroy()
  }
}

async function readAll(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw refused('It is larger than 20 MB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function inWords(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'Its server takes longer than 20 seconds.'
  const code = (error as { code?: string }).code ?? (error as { cause?: { code?: string } }).cause?.code
  return `Its server cannot be reached (${code ?? 'unknown reason'}).`
}

function refused(message: string): ShopError {
  return new ShopError('invalid', message)
}
