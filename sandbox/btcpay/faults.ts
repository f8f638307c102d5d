export interface BtcpayFault {
  /** As in 'POST /invoices': method and the end of the path. Without one, every call. */
  call?: string
  /** How many calls it hits (default 1). */
  count?: number
  /** A status, no answer at all, a connection that breaks off, or one that breaks off once the work is done. */
  with: number | 'timeout' | 'cut' | 'answer-lost'
  body?: string
}

export type BtcpayFaults = ReturnType<typeof createFaults>

export function createFaults() {
  let faults: (BtcpayFault & { left: number })[] = []
  return {
    /** The next calls that fit are answered like this. */
    answerNext: (fault: BtcpayFault) => void faults.push({ ...fault, left: fault.count ?? 1 }),
    clear(): void {
      faults = []
    },
    /** The fault that hits this call; used up by asking. */
    take(method: string, path: string): BtcpayFault | undefined {
      const hit = faults.find(({ call }) => {
        const [verb = '', end = ''] = (call ?? ' ').split(' ')
        return (verb === '' || verb === method) && path.endsWith(end)
      })
      if (hit) hit.left -= 1
      faults = faults.filter(({ left }) => left > 0)
      return hit
    },
  }
}
