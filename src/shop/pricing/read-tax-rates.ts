import type { Reader } from '../../db/database.ts'
import { listTaxRates } from '../../db/tax-rates.ts'
import type { TaxRate } from './sum-taxes.ts'

/** The tax rates that count now. */
export interface TaxRates {
  /** For delivery, and for products that name none; null where the shop shows no tax. */
  usual: TaxRate | null
  /** The rate a product names; the usual one when it names none, or one that is switched off. */
  of(taxRateId: number | null): TaxRate | null
}

/** Reads the tax rates that are switched on. */
export function readTaxRates(db: Reader): TaxRates {
  const rows = listTaxRates(db).filter((row) => row.active === 1)
  const rates = new Map(
    rows.map(({ id, name, basis_points: basisPoints, included }): [number, TaxRate] => [
      id,
      { name, basisPoints, included: included === 1 },
    ]),
  )
  const usual = rates.get(rows.find((row) => row.usual === 1)?.id ?? 0) ?? null
  return { usual, of: (taxRateId) => rates.get(taxRateId ?? 0) ?? usual }
}
