import {
  type DiscountValues,
  findDiscountCode,
  findDiscountCodeById,
  saveDiscountCode,
} from '../../db/discounts.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

const HUNDRED_PERCENT = 10_000

export type DiscountEdit = DiscountValues & { active: boolean }

/**
 * Makes a discount code or changes one; orders keep what they were given. Throws a ShopError: not_found, or invalid
 * with the field that is wrong.
 */
export function editDiscount(work: Work, edit: DiscountEdit, actor: Actor): void {
  const before = edit.id === null ? undefined : findDiscountCodeById(work.tx, edit.id)
  if (edit.id !== null && !before) throw new ShopError('not_found', 'There is no such discount code.')
  checkWorth(edit)
  checkPeriod(edit)
  const same = findDiscountCode(work.tx, edit.code)
  if (same && same.id !== edit.id) throw wrong('code', `There is a code ${edit.code} already.`)
  if (before && edit.totalUses !== null && edit.totalUses < before.used) {
    throw wrong('totalUses', `${before.used} orders have it already. Switch it off to end it.`)
  }
  saveDiscountCode(work.tx, { ...edit, active: edit.active ? 1 : 0, now: work.now })
  recordEvent(work, { type: 'discount_changed', orderId: null, actor, data: { ...edit } })
}

function checkWorth({ kind, value }: DiscountEdit): void {
  if (kind === 'free_delivery') {
    if (value !== 0) throw wrong('value', 'Free delivery has no amount of its own.')
    return
  }
  if (value === 0) throw wrong('value', 'Say how much it takes off.')
  if (kind === 'percent' && value > HUNDRED_PERCENT) throw wrong('value', 'At most 100 %.')
}

function checkPeriod({ startsAt, endsAt }: DiscountEdit): void {
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) {
    throw wrong('endsAt', 'It has to end after it begins.')
  }
}

function wrong(field: string, message: string): ShopError {
  return new ShopError('invalid', message, { field })
}
