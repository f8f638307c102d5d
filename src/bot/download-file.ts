import { HttpError } from 'grammy'
import { request } from 'undici'
import { ShopError } from '../lib/shop-error.ts'
import type { ShopContext } from './context.ts'
import { isRefusal } from './telegram-errors.ts'

const TIMEOUT_MS = 30_000
const TELEGRAM = 'https://api.telegram.org'

/**
 * Fetches a file that somebody sent, of at most `maxBytes`. Throws a ShopError for one that is too big, and an HttpError
 * when it could not be fetched now. Its address holds the token, so that nothing of it is in any error.
 */
export async function downloadFile(ctx: ShopContext, fileId: string, maxBytes: number): Promise<Buffer> {
  const path = await pathOf(ctx, fileId)
  const { token, apiRoot = TELEGRAM } = ctx.deps
  try {
    return await fetchBytes(`${apiRoot}/file/bot${token}/${path}`, maxBytes)
  } catch (error) {
    if (error instanceof ShopError) throw error
    throw new HttpError('A file could not be fetched from Telegram', undefined)
  }
}

async function pathOf(ctx: ShopContext, fileId: string): Promise<string> {
  try {
    const { file_path: path } = await ctx.api.getFile(fileId)
    return path ?? ''
  } catch (error) {
    if (isRefusal(error, /too big/i)) throw tooBig()
    throw error
  }
}

async function fetchBytes(address: string, maxBytes: number): Promise<Buffer> {
  const { statusCode, body } = await request(address, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`status ${statusCode}`)
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw tooBig()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** More than a bot may fetch, or than is wanted. */
export function tooBig(): ShopError {
  return new ShopError('invalid', 'This file is too big. Please send one of at most 20 MB.')
}
