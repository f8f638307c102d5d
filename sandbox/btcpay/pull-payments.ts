import { randomBytes } from 'node:crypto'
import type { Clock } from '../../src/lib/clock.ts'
import { addDecimals, isAtLeast } from './arithmetic.ts'

export interface SandboxPullPayment {
  id: string
  name: string
  description: string
  currency: string
  amount: string
  archived: boolean
}

export interface SandboxPayout {
  id: string
  pullPaymentId: string
  date: number
  originalCurrency: string
  originalAmount: string
  state: 'AwaitingApproval' | 'AwaitingPayment' | 'InProgress' | 'Completed' | 'Cancelled'
}

export type PullPayments = ReturnType<typeof createPullPayments>

/** What the store offers people to claim, and what they have claimed. `announce` hears what a webhook would be told. */
export function createPullPayments(clock: Clock, announce: (payout: SandboxPayout, type: string) => void) {
  const all = new Map<string, SandboxPullPayment>()
  const payouts: SandboxPayout[] = []

  function get(id: string): SandboxPullPayment {
    const found = all.get(id)
    if (!found) throw new Error(`There is no pull payment ${id}.`)
    return found
  }

  const payoutsOf = (id: string) => payouts.filter(({ pullPaymentId }) => pullPaymentId === id)

  return {
    all: () => [...all.values()],
    find: (id: string) => all.get(id),
    payouts: () => [...payouts],
    payoutsOf,
    offer(offered: Omit<SandboxPullPayment, 'id' | 'archived'>): SandboxPullPayment {
      const made = { id: randomBytes(20).toString('hex'), ...offered, archived: false }
      all.set(made.id, made)
      return made
    },
    /** The receiver says where the money is to go: all of it, or an amount. */
    claim(id: string, amount?: string): SandboxPayout {
      const { amount: whole, currency, archived } = get(id)
      const claimed = payoutsOf(id).filter(({ state }) => state !== 'Cancelled')
      const left = addDecimals([whole, ...claimed.map(({ originalAmount }) => `-${originalAmount}`)])
      const originalAmount = amount ?? left
      if (archived || !isAtLeast(left, originalAmount) || !isAtLeast(originalAmount, '0.000001')) {
        throw new Error('So much cannot be claimed.')
      }
      const payout: SandboxPayout = {
        id: randomBytes(12).toString('hex'),
        pullPaymentId: id,
        date: Math.floor(clock.now() / 1000),
        originalCurrency: currency,
        originalAmount,
        state: 'AwaitingApproval',
      }
      payouts.push(payout)
      announce(payout, 'PayoutCreated')
      return payout
    },
    /** The shop's owner approves what was claimed, and it is paid. */
    complete(id: string): void {
      for (const payout of payoutsOf(id)) {
        payout.state = 'Completed'
        announce(payout, 'PayoutUpdated')
      }
    },
    archive(id: string): void {
      get(id).archived = true
    },
  }
}
