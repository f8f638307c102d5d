import type { TaxRateBody } from '../../../src/http/contract/money.ts'
import { parsePercent } from '../money/money.ts'

/** A tax rate as it is being typed. */
export interface TaxDraft {
  id: number | null
  name: string
  percent: string
  included: boolean
  usual: boolean
  active: boolean
}

/** Faults by field: "rate.0.name", "form". */
export type TaxFaults = Record<string, string>

export function draftOf(rates: readonly TaxRateBody[]): TaxDraft[] {
  return rates.map(({ basisPoints, ...rate }) => ({ ...rate, percent: String(basisPoints / 100) }))
}

/** A further rate; the first of a shop is the usual one. */
export function newRate(before: readonly TaxDraft[]): TaxDraft {
  const isFirst = !before.some(({ usual }) => usual)
  return { id: null, name: '', percent: '', included: true, usual: isFirst, active: true }
}

/** What was typed as the shop takes it, or what is wrong with it. */
export function ratesOf(drafts: readonly TaxDraft[]): { rates: TaxRateBody[] } | { faults: TaxFaults } {
  const faults: TaxFaults = {}
  const rates = drafts.map(({ percent, ...draft }, i) => {
    const basisPoints = parsePercent(percent)
    if (!draft.name.trim()) faults[`rate.${i}.name`] = 'Give it a name.'
    if (basisPoints === undefined || basisPoints > 10_000) {
      faults[`rate.${i}.percent`] = 'A percentage like 21'
    }
    return { ...draft, name: draft.name.trim(), basisPoints: basisPoints ?? 0 }
  })
  return Object.keys(faults).length > 0 ? { faults } : { rates }
}

/** Where on the form a fault belongs that the shop has found. */
export function faultAt(field: string | undefined): string {
  const match = /(\d+)\]?\.(name|basisPoints)/.exec(field ?? '')
  return match ? `rate.${match[1]}.${match[2] === 'name' ? 'name' : 'percent'}` : 'form'
}
