export interface PushFault {
  /** Without one, every endpoint. */
  endpoint?: string
  /** How many pushes it hits (default 1). */
  count?: number
  /** A status, no answer at all, or a connection that breaks off. */
  with: number | 'timeout' | 'cut'
  /** The Retry-After header: seconds or a date. */
  retryAfter?: number | string
  body?: string
}

export interface PushFaults {
  /** The next pushes that fit are answered like this. */
  answerNext(fault: PushFault): void
  /** The fault that hits this push; used up by asking. */
  take(endpoint: string): PushFault | undefined
  clear(): void
}

export function createPushFaults(): PushFaults {
  let faults: (PushFault & { left: number })[] = []
  return {
    answerNext: (fault) => void faults.push({ ...fault, left: fault.count ?? 1 }),
    take(endpoint) {
      const hit = faults.find((fault) => !fault.endpoint || fault.endpoint === endpoint)
      if (hit) hit.left -= 1
      faults = faults.filter((fault) => fault.left > 0)
      return hit
    },
    clear() {
      faults = []
    },
  }
}
