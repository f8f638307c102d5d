import type { DiscountCode } from '../api/prices.ts'
import type { State } from '../money/ledger-words.ts'
import { formatMoney, percentOf } from '../money/money.ts'
import { exactDay } from '../time/relative-time.ts'

/** What a code takes off: "10 %", "€5.00", "Free delivery". */
export function worthOf({ kind, value }: Pick<DiscountCode, 'kind' | 'value'>, currency: string): string {
  if (kind === 'free_delivery') return 'Free delivery'
  return `${kind === 'percent' ? percentOf(value) : formatMoney(value, currency)} off`
}

/** Whether a code can be used now, and if not, why. */
export function runningState(code: DiscountCode, now: number, timezone: string): State {
  const { active, startsAt, endsAt, used, totalUses } = code
  if (!active) return { tone: 'over', icon: 'blocked', word: 'Switched off' }
  if (endsAt !== null && endsAt <= now) return { tone: 'over', icon: 'clock', word: 'Over' }
  if (totalUses !== null && used >= totalUses) {
    return { tone: 'over', icon: 'check', word: `Used up, ${used} of ${totalUses}` }
  }
  if (startsAt !== null && startsAt > now) {
    return { tone: 'waits', icon: 'clock', word: `Starts ${exactDay(startsAt, timezone)}` }
  }
  const uses = totalUses === null ? `used ${used}×` : `used ${used} of ${totalUses}`
  return { tone: 'good', icon: 'check', word: `Running, ${uses}` }
}

/** What else there is to know: until when, from how much on, how often. */
export function limitsOf(code: DiscountCode, currency: string, timezone: string): string {
  const { endsAt, minimumMinor, perCustomer } = code
  return [
    endsAt !== null && `until ${exactDay(endsAt - 1, timezone)}`,
    minimumMinor > 0 && `from ${formatMoney(minimumMinor, currency)}`,
    perCustomer !== null &&
      (perCustomer === 1 ? 'once for each customer' : `${perCustomer}× for each customer`),
  ]
    .filter(Boolean)
    .join(' · ')
}
