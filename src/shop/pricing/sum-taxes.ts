import { partOf } from './part-of.ts'

const WHOLE = 10_000

/** A rate of tax in hundredths of a percent (2100 is 21 %), in the prices already or put on top. */
export interface TaxRate {
  name: string
  basisPoints: number
  included: boolean
}

/** What one rate comes to: `netMinor` is without the tax, whichever way it is charged. */
export interface TaxSum extends TaxRate {
  netMinor: number
  taxMinor: number
}

/** The tax in these amounts, once for each rate on the sum of what it counts for; highest rate first. */
export function sumTaxes(amounts: { minor: number; taxRate: TaxRate | null }[]): TaxSum[] {
  const sums = new Map<string, { rate: TaxRate; minor: number }>()
  for (const { minor, taxRate } of amounts) {
    if (!taxRate || minor === 0) continue
    const before = sums.get(rateKey(taxRate))?.minor ?? 0
    sums.set(rateKey(taxRate), { rate: taxRate, minor: before + minor })
  }
  return [...sums.entries()]
    .sort(([a, one], [b, other]) => other.rate.basisPoints - one.rate.basisPoints || (a < b ? -1 : 1))
    .map(([, { rate, minor }]) => taxOn(minor, rate))
}

function taxOn(minor: number, { name, basisPoints, included }: TaxRate): TaxSum {
  const taxMinor = partOf(minor, basisPoints, included ? WHOLE + basisPoints : WHOLE)
  return { name, basisPoints, included, netMinor: included ? minor - taxMinor : minor, taxMinor }
}

/** The same for rates that are the same. */
export function rateKey(rate: TaxRate | null): string {
  return rate ? `${rate.basisPoints} ${rate.included ? 'in' : 'on top'} ${rate.name}` : ''
}
