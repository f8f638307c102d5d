import { describe, expect, it } from 'vitest'
import { givenShop, givenStaff } from '../../../tests/given.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import type { PaymentProvider } from '../payments/provider.ts'
import { readStarsRate } from '../payments/stars-rate.ts'
import { readShopSettings, saveShopSettings } from './shop-settings.ts'

const STARS: PaymentProvider = {
  kind: 'stars',
  ledger: 'stars',
  windowMs: 1,
  missing: (db) => (readStarsRate(db) === null ? 'Say what 100 Stars count for.' : undefined),
}

/** A shop that could take Stars, and has no token for cards. */
function givenSettings() {
  const shop = givenShop({}, { online: [STARS] })
  const owner = givenStaff(shop)
  const save = (active: PaymentMethod[], hundredStarsMinor?: number | null) => {
    const now = readShopSettings(shop)
    const payments = now.payments.map((one) => ({ ...one, active: active.includes(one.kind) }))
    const { hundredStarsMinor: _, ...rest } = now
    const body = { ...rest, payments, ...(hundredStarsMinor !== undefined && { hundredStarsMinor }) }
    shop.write((work) => saveShopSettings(work, body, owner))
  }
  const of = (kind: PaymentMethod) => readShopSettings(shop).payments.find((one) => one.kind === kind)
  return { shop, save, of }
}

describe('the ways to pay in the settings', () => {
  it('say which are set up, and what is missing for the others', () => {
    const { of } = givenSettings()
    expect(of('cash_on_delivery')).toMatchObject({ available: true, why: null })
    expect(of('bank_transfer')).toMatchObject({ available: true, why: null })
    expect(of('telegram')).toMatchObject({
      active: false,
      available: false,
      why: expect.stringContaining('PAYMENT_PROVIDER_TOKEN'),
    })
    expect(of('stars')).toMatchObject({ available: true, why: 'Say what 100 Stars count for.' })
    expect(of('btcpay')).toMatchObject({ available: false, why: expect.stringContaining('BTCPAY') })
  })

  it('are not switched on while something is missing, and then nothing is changed', () => {
    const { shop, save, of } = givenSettings()
    expect(() => save(['cash_on_delivery', 'telegram'])).toThrow('PAYMENT_PROVIDER_TOKEN')
    expect(() => save(['stars'])).toThrow('Say what 100 Stars count for.')
    expect(() => save(['bank_transfer', 'stars'], null)).toThrow('Say what 100 Stars count for.')
    expect(of('cash_on_delivery')).toMatchObject({ active: true })
    expect(of('stars')).toMatchObject({ active: false })
    expect(readShopSettings(shop).hundredStarsMinor).toBeNull()
  })

  it('take Stars with their rate in one go, keep it when it is not said, and refuse to lose it while they are on', () => {
    const { shop, save, of } = givenSettings()
    save(['cash_on_delivery', 'stars'], 130)
    expect(of('stars')).toMatchObject({ active: true, available: true, why: null })
    save(['cash_on_delivery', 'stars'])
    expect(readShopSettings(shop).hundredStarsMinor).toBe(130)
    expect(() => save(['cash_on_delivery', 'stars'], null)).toThrow('Say what 100 Stars count for.')
    expect(readShopSettings(shop).hundredStarsMinor).toBe(130)
    save(['cash_on_delivery'], null)
    expect(readShopSettings(shop).hundredStarsMinor).toBeNull()
  })
})
