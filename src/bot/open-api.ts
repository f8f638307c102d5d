import { Api, type ApiClientOptions, type Transformer } from 'grammy'
import { telegramFetch } from './telegram-fetch.ts'

// Longer than a long poll; every other call has its own, shorter limit.
const TIMEOUT_SECONDS = 40
const REPLY_TIMEOUT_MS = 10_000
const UPLOAD_TIMEOUT_MS = 30_000

/** How Telegram is reached: the same for the bot and for whoever only asks. */
export function clientOptions(apiRoot: string | undefined): ApiClientOptions {
  return { timeoutSeconds: TIMEOUT_SECONDS, fetch: telegramFetch as never, ...(apiRoot && { apiRoot }) }
}

/** Ends every call but a long poll in good time. */
export const limitTime: Transformer = (call, method, payload, signal) => {
  if (signal || method === 'getUpdates') return call(method, payload, signal)
  const ms = /Photo|Media/.test(method) ? UPLOAD_TIMEOUT_MS : REPLY_TIMEOUT_MS
  // grammY asks for its own AbortSignal type; at run time it is the same one.
  return call(method, payload, AbortSignal.timeout(ms) as never)
}

/** The Bot API without a bot that listens. */
export function openApi(token: string, apiRoot: string): Api {
  const api = new Api(token, clientOptions(apiRoot))
  api.config.use(limitTime)
  return api
}
