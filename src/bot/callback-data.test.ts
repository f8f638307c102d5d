import { expect, test } from 'vitest'
import { STEP_NAMES } from '../shop/orders/machine.ts'
import { callbackData, isStepName } from './callback-data.ts'

test('every button fits into the 64 bytes Telegram allows, with the longest ids there can be', () => {
  const id = 999_999_999_999_999
  const card = { productId: id, page: 99_999, variantId: id, quantity: 999 }
  const longest = [
    ...STEP_NAMES.map((step) => callbackData.step(id, 999_999_999, step)),
    callbackData.product(card),
    callbackData.addToCart(id, 999, 99_999),
    callbackData.placeOrder('x'.repeat(16), id),
    callbackData.choosePayment('cash_on_delivery'),
    callbackData.cancel(id, 999_999_999),
    callbackData.approveProof(id, 9_999_999_999_999),
    callbackData.signIn('x'.repeat(43), 99),
  ]
  expect(longest.filter((data) => Buffer.byteLength(data) > 64)).toEqual([])
})

test('a step is known by its own name alone', () => {
  expect(isStepName('accept')).toBe(true)
  expect(isStepName('constructor')).toBe(false)
  expect(isStepName(undefined)).toBe(false)
})
