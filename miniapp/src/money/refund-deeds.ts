import type { LedgerEntry } from '../../../src/http/contract/money.ts'
import { callOffRefund, confirmRefund, refundByHand, retryRefund } from '../api/money.ts'
import type { IconName } from '../parts/icon.tsx'

type Action = LedgerEntry['actions'][number]

/** Something that can be done about a refund. */
export interface Deed {
  action: Action
  word: string
  icon: IconName
  done: string
  /** What then happens, to be read before it does, where nothing takes it back. */
  about?: (amount: string) => string
  ask: (id: number, key: string) => Promise<unknown>
}

export const DEEDS: Deed[] = [
  {
    action: 'confirm_refund',
    word: 'Given back',
    icon: 'check',
    done: 'Ticked off. The customer is told.',
    about: (amount) =>
      `You have handed ${amount} over or transferred it. The customer is told that it is given back; this cannot be undone.`,
    ask: confirmRefund,
  },
  { action: 'retry_refund', word: 'Try again', icon: 'undo', done: 'It is tried again.', ask: retryRefund },
  {
    action: 'refund_by_hand',
    word: 'Do it by hand',
    icon: 'clipboard',
    done: 'Give it back yourself, then tick it off.',
    ask: refundByHand,
  },
  { action: 'call_off', word: 'Call it off', icon: 'close', done: 'Called off.', ask: callOffRefund },
]
