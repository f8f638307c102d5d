import { rateKey, type TaxRate } from './sum-taxes.ts'

interface Line {
  totalMinor: number
  taxRate: TaxRate | null
}

interface Share {
  index: number
  minor: number
  /** What rounding down has cut off, comparable among the lines. */
  rest: bigint
}

/**
 * Each line's share of a discount on all of them, in proportion to what it costs: rounded down, and what is then left
 * over goes, a unit each, to the lines that lost most by rounding. The shares add up to the discount exactly.
 */
export function spreadDiscount(discountMinor: number, lines: Line[]): number[] {
  const whole = lines.reduce((sum, line) => sum + BigInt(line.totalMinor), 0n)
  if (whole === 0n) return lines.map(() => 0)
  const shares = lines.map(({ totalMinor }, index): Share => {
    const exact = BigInt(discountMinor) * BigInt(totalMinor)
    return { index, minor: Number(exact / whole), rest: exact % whole }
  })
  const left = discountMinor - shares.reduce((sum, share) => sum + share.minor, 0)
  const byLoss = [...shares].sort((a, b) => compare(b.rest, a.rest) || compareLines(lines, a, b))
  for (const share of byLoss.slice(0, left)) share.minor += 1
  return shares.map((share) => share.minor)
}

/** Between equal losses the line itself decides, never its place: a cart in another order costs the same. */
function compareLines(lines: Line[], a: Share, b: Share): number {
  const [one, other] = [lines[a.index], lines[b.index]]
  if (!one || !other) return 0
  return compare(other.totalMinor, one.totalMinor) || compare(rateKey(one.taxRate), rateKey(other.taxRate))
}

function compare<T extends bigint | number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
