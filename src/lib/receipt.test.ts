import { expect, it } from 'vitest'
import { checkReceipt, makeReceipt } from './receipt.ts'

it('a receipt fits its own notice and secret, and nothing else', () => {
  const receipt = makeReceipt('secret', 42)
  expect(receipt).toMatch(/^[\w-]{16}$/)
  expect(checkReceipt('secret', 42, receipt)).toBe(true)
  expect(checkReceipt('secret', 43, receipt)).toBe(false)
  expect(checkReceipt('another', 42, receipt)).toBe(false)
  const wrong = [receipt.slice(1), `${receipt}A`, '', 'é'.repeat(16), receipt.replace(/.$/, '!')]
  for (const other of wrong) expect(checkReceipt('secret', 42, other)).toBe(false)
})
