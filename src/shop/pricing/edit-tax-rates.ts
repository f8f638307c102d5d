import { clearUsualTaxRate, dropTaxRate, listTaxRates, saveTaxRate } from '../../db/tax-rates.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

export interface TaxRateEdit {
  /** Null adds one. */
  id: number | null
  name: string
  basisPoints: number
  included: boolean
  usual: boolean
  active: boolean
}

/**
 * Makes these the shop's tax rates; orders keep their own copy. One that is left out goes, or is switched off when
 * products name it. Throws a ShopError: not_found, or invalid for two usual ones.
 */
export function editTaxRates(work: Work, rates: TaxRateEdit[], actor: Actor): void {
  const known = new Set(listTaxRates(work.tx).map((row) => row.id))
  checkUsual(rates)
  clearUsualTaxRate(work.tx)
  for (const rate of rates) {
    if (rate.id !== null && !known.delete(rate.id)) {
      throw new ShopError('not_found', 'There is no such tax rate.')
    }
    const { included, usual, active } = rate
    saveTaxRate(work.tx, {
      ...rate,
      included: included ? 1 : 0,
      usual: usual ? 1 : 0,
      active: active ? 1 : 0,
    })
  }
  for (const id of known) dropTaxRate(work.tx, id)
  recordEvent(work, { type: 'tax_rates_changed', orderId: null, actor, data: { rates } })
}

function checkUsual(rates: TaxRateEdit[]): void {
  const usual = rates.filter((rate) => rate.usual)
  if (usual.length > 1) {
    throw new ShopError('invalid', 'Only one rate can be the usual one.', { field: 'usual' })
  }
  if (usual[0]?.active === false) {
    throw new ShopError('invalid', 'The usual rate has to be switched on.', { field: 'usual' })
  }
}
