import type { DiscountCodeBody } from '../../../src/http/contract/money.ts'
import type { DiscountCode } from '../api/prices.ts'
import { amountHint, parseMoney, parsePercent, plainMoney } from '../money/money.ts'
import { dayOf, endOfDay, startOfDay } from '../time/shop-days.ts'

/** A code as it is being typed. Days are the shop's, the last one included. */
export interface DiscountDraft {
  code: string
  kind: DiscountCodeBody['kind']
  value: string
  from: string
  until: string
  minimum: string
  perCustomer: string
  total: string
  active: boolean
}

export type DiscountFaults = Partial<Record<keyof DiscountDraft | 'form', string>>

interface Place {
  currency: string
  timezone: string
}

export const NEW_CODE: DiscountDraft = {
  code: '',
  kind: 'percent',
  value: '',
  from: '',
  until: '',
  minimum: '',
  perCustomer: '',
  total: '',
  active: true,
}

export function draftOf(code: DiscountCode, { currency, timezone }: Place): DiscountDraft {
  const { kind, value, startsAt, endsAt, minimumMinor } = code
  return {
    code: code.code,
    kind,
    value: kind === 'percent' ? String(value / 100) : kind === 'amount' ? plainMoney(value, currency) : '',
    from: startsAt === null ? '' : dayOf(startsAt, timezone),
    until: endsAt === null ? '' : dayOf(endsAt - 1, timezone),
    minimum: minimumMinor ? plainMoney(minimumMinor, currency) : '',
    perCustomer: String(code.perCustomer ?? ''),
    total: String(code.totalUses ?? ''),
    active: code.active,
  }
}

/** What was typed as the shop takes it, or what is wrong with it. */
export function codeOf(
  draft: DiscountDraft,
  id: number | null,
  place: Place,
): { code: DiscountCodeBody } | { faults: DiscountFaults } {
  const { currency, timezone } = place
  const faults: DiscountFaults = {}
  const code = draft.code.trim().toUpperCase()
  if (!/^[A-Z0-9-]{3,24}$/.test(code)) faults.code = 'Use 3 to 24 letters, digits or dashes.'
  const value = amountOf(draft, currency)
  if (typeof value === 'string') faults.value = value
  const startsAt = draft.from ? startOfDay(draft.from, timezone) : null
  const endsAt = draft.until ? endOfDay(draft.until, timezone) : null
  if (startsAt && endsAt && endsAt <= startsAt) faults.until = 'The last day lies before the first.'
  const minimumMinor = parseMoney(draft.minimum || '0', currency)
  if (minimumMinor === undefined) faults.minimum = amountHint(2000, currency)
  const perCustomer = usesOf(draft.perCustomer)
  const totalUses = usesOf(draft.total)
  if (perCustomer === undefined) faults.perCustomer = 'A whole number'
  if (totalUses === undefined) faults.total = 'A whole number'
  if (Object.keys(faults).length > 0) return { faults }
  return {
    code: {
      id,
      code,
      kind: draft.kind,
      value: Number(value),
      startsAt: startsAt ?? null,
      endsAt: endsAt ?? null,
      minimumMinor: minimumMinor ?? 0,
      perCustomer: perCustomer ?? null,
      totalUses: totalUses ?? null,
      active: draft.active,
    },
  }
}

function amountOf({ kind, value }: DiscountDraft, currency: string): number | string {
  if (kind === 'free_delivery') return 0
  if (kind === 'percent') {
    const percent = parsePercent(value)
    return percent && percent <= 10_000 ? percent : 'A percentage between 0.01 and 100'
  }
  return parseMoney(value, currency) || amountHint(500, currency)
}

/** Null where there is no limit; undefined for what is no number. */
function usesOf(text: string): number | null | undefined {
  if (!text.trim()) return null
  return /^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : undefined
}

const SERVER_FIELDS: Record<string, keyof DiscountDraft> = {
  code: 'code',
  value: 'value',
  kind: 'kind',
  startsAt: 'from',
  endsAt: 'until',
  minimumMinor: 'minimum',
  perCustomer: 'perCustomer',
  totalUses: 'total',
}

/** Where on the form a fault belongs that the shop has found. */
export function faultAt(field: string | undefined): keyof DiscountFaults {
  return (field && SERVER_FIELDS[field]) || 'form'
}
