import { saveDeliveryMethod, savePaymentMethod } from '../../src/db/checkout.ts'
import type { Tx } from '../../src/db/database.ts'
import { saveDiscountCode } from '../../src/db/discounts.ts'
import { addPerson, rememberContact, saveStaff } from '../../src/db/people.ts'
import { saveSetting } from '../../src/db/settings.ts'
import { saveTaxRate } from '../../src/db/tax-rates.ts'
import { saveStarsRate } from '../../src/shop/payments/stars-rate.ts'
import { CUSTOMERS, STAFF } from './people.ts'

export const SHOP_NAME = 'Fern & Kettle'

const BANK_DETAILS = `Fern & Kettle Lda
IBAN PT50 0000 0000 0000 0000 0000 0`

/** The ids of the migration's two methods are kept; express is new. */
export const DELIVERY_IDS = { pickup: 1, courier: 2, express: 3 } as const

/** The shop's name, its ways of delivery and its ways to pay. */
export function fillSettings(tx: Tx, now: number): void {
  saveSetting(tx, 'shop.name', SHOP_NAME)
  const { pickup, courier, express } = DELIVERY_IDS
  const on = { active: 1 } as const
  saveDeliveryMethod(tx, {
    id: pickup,
    name: 'Pickup at the shop',
    priceMinor: 0,
    needsAddress: 0,
    position: 0,
    ...on,
  })
  saveDeliveryMethod(tx, {
    id: courier,
    name: 'Courier',
    priceMinor: 490,
    needsAddress: 1,
    position: 1,
    ...on,
  })
  saveDeliveryMethod(tx, {
    id: express,
    name: 'Express, same day',
    priceMinor: 990,
    needsAddress: 1,
    position: 2,
    ...on,
  })
  savePaymentMethod(tx, { kind: 'cash_on_delivery', instructions: '', ...on })
  savePaymentMethod(tx, { kind: 'bank_transfer', instructions: BANK_DETAILS, ...on })
  for (const kind of ['telegram', 'stars', 'btcpay'] as const)
    savePaymentMethod(tx, { kind, instructions: '', ...on })
  saveStarsRate(tx, 130)
  saveTaxRate(tx, { id: null, name: 'IVA', basisPoints: 2300, included: 1, usual: 1, ...on })
  fillDiscountCodes(tx, now)
}

function fillDiscountCodes(tx: Tx, now: number): void {
  const always = { id: null, startsAt: null, endsAt: null, totalUses: null, active: 1, now } as const
  saveDiscountCode(tx, {
    ...always,
    code: 'WELCOME10',
    kind: 'percent',
    value: 1000,
    minimumMinor: 0,
    perCustomer: 1,
  })
  saveDiscountCode(tx, {
    ...always,
    code: 'FREESHIP',
    kind: 'free_delivery',
    value: 0,
    minimumMinor: 4000,
    perCustomer: null,
  })
}

/** Everybody the demo knows. Returns each person's id by Telegram id. */
export function fillPeople(tx: Tx, now: number): Map<number, number> {
  const ids = new Map<number, number>()
  for (const { telegramId, name, username, role } of STAFF) {
    const id = addPerson(tx, { telegramId, name, username, language: 'en', reach: 'ok', now })
    saveStaff(tx, { personId: id, role, now })
    ids.set(telegramId, id)
  }
  for (const { telegramId, name, username, language, phone, address } of CUSTOMERS) {
    const id = addPerson(tx, { telegramId, name, username, language, reach: 'ok', now })
    rememberContact(tx, id, { phone, address })
    ids.set(telegramId, id)
  }
  return ids
}
