import { formatMoney } from './money.ts'
import { Warning } from './warning.tsx'

interface SurplusProps {
  read: number | { fault: string }
  dueMinor: number
  currency: string
}

/** Asks back when more is typed than is due: a digit too many is quickly typed, and the customer is told at once. */
export function Surplus({ read, dueMinor, currency }: SurplusProps) {
  const surplus = surplusOf(read, dueMinor)
  if (surplus === 0) return null
  return (
    <Warning>
      That is {formatMoney(surplus, currency)} more than is due. The surplus then waits for a decision.
    </Warning>
  )
}

/** What the button says: of what is too much it says so. */
export function amountButton(verb: string, { read, dueMinor, currency }: SurplusProps): string {
  if (typeof read !== 'number') return verb
  const surplus = surplusOf(read, dueMinor)
  const word = `${verb} ${formatMoney(read, currency)}`
  return surplus > 0 ? `${word}, ${formatMoney(surplus, currency)} too much` : word
}

function surplusOf(read: SurplusProps['read'], dueMinor: number): number {
  return typeof read === 'number' ? Math.max(read - dueMinor, 0) : 0
}
