import type { Clock } from '../../src/lib/clock.ts'

/** One call the bot made, with what it was answered. */
export interface ApiCall {
  method: string
  params: Readonly<Record<string, unknown>>
  /** Names of the uploaded parts. */
  files: string[]
  at: number
  /** When it was answered; later than `at` for a poll that had to wait. */
  answeredAt?: number
  /** HTTP status; 0 while under way or when the connection was cut. */
  status: number
  result?: unknown
  error?: string
  /** The injected fault that hit this call. */
  fault?: string
}

export interface CallLog {
  start(method: string, params: Readonly<Record<string, unknown>>, files: string[]): ApiCall
  /** Oldest first. Polling is left out unless asked for by name. */
  list(method?: string): ApiCall[]
  clear(): void
}

export function createCallLog(clock: Clock, limit: number): CallLog {
  let calls: ApiCall[] = []
  return {
    start(method, params, files) {
      const call: ApiCall = { method, params, files, at: clock.now(), status: 0 }
      calls.push(call)
      // Cut in halves, so that a long benchmark neither grows without end nor copies at each call.
      if (calls.length > 2 * limit) calls = calls.slice(-limit)
      return call
    },
    list: (method) =>
      calls.filter((call) => (method ? call.method === method : call.method !== 'getUpdates')),
    clear() {
      calls = []
    },
  }
}
