import { describe, expect, it } from 'vitest'
import { givenOrder, givenVariant } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import type { Role } from '../db/schema.ts'
import type { DiscountCodes, TaxRates } from './contract/money.ts'
import type { ProductList } from './contract/product.ts'

const TEA10 = {
  id: null,
  code: 'tea10 ',
  kind: 'percent',
  value: 1000,
  startsAt: null,
  endsAt: null,
  minimumMinor: 0,
  perCustomer: null,
  totalUses: null,
  active: true,
}
const VAT = { id: null, name: 'VAT', basisPoints: 2100, included: true, usual: true, active: true }

function givenPrices() {
  const { shop, staff } = givenApi()
  return { shop, as: (role: Role) => staff(role).call }
}

describe('discount codes over the API', () => {
  it('are made, changed and switched off by the desk, and are nobody else’s to see', async () => {
    const { as } = givenPrices()
    const [manager, packer] = [as('manager'), as('packer')]
    expect(await manager('GET', '/discounts')).toEqual({ status: 200, body: { codes: [], currency: 'EUR' } })
    const made = await manager<DiscountCodes>('PUT', '/discounts', TEA10)
    const code = { ...TEA10, id: 1, code: 'TEA10', used: 0 }
    expect(made).toEqual({ status: 200, body: { codes: [code], currency: 'EUR' } })
    const off = await manager<DiscountCodes>('PUT', '/discounts', { ...TEA10, id: 1, active: false })
    expect(off.body.codes).toEqual([{ ...code, active: false }])
    expect((await packer('GET', '/discounts')).status).toBe(403)
    expect((await packer('PUT', '/discounts', TEA10)).status).toBe(403)
    expect((await manager('PUT', '/discounts', { ...TEA10, id: 9, code: 'OTHER' })).status).toBe(404)
  })

  it.each([
    ['more than everything', { value: 10_001 }, 'value'],
    ['nothing', { value: 0 }, 'value'],
    ['an amount for free delivery', { kind: 'free_delivery' }, 'value'],
    ['a beginning that is no date', { startsAt: 9e15 }, 'startsAt'],
    ['an end before the beginning', { startsAt: 20, endsAt: 20 }, 'endsAt'],
    ['a code that is taken', { code: 'taken' }, 'code'],
    ['a code nobody can type', { code: 'ten %' }, 'code'],
  ])('are refused at the field that is wrong: %s', async (_what, wrong, field) => {
    const { as } = givenPrices()
    const owner = as('owner')
    await owner('PUT', '/discounts', { ...TEA10, code: 'TAKEN' })
    const { status, body } = await owner('PUT', '/discounts', { ...TEA10, ...wrong })
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(`"${field}"`)])
    expect((await owner<DiscountCodes>('GET', '/discounts')).body.codes).toHaveLength(1)
  })

  it('cannot be limited to fewer uses than orders have of them', async () => {
    const { shop, as } = givenPrices()
    const owner = as('owner')
    await owner('PUT', '/discounts', TEA10)
    shop.db.write((tx) => tx.run({ sql: 'update discount_codes set used = 2', values: [] }))
    const { status, body } = await owner('PUT', '/discounts', { ...TEA10, id: 1, totalUses: 1 })
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('2 orders have it already')])
    expect((await owner('PUT', '/discounts', { ...TEA10, id: 1, totalUses: 2 })).status).toBe(200)
  })
})

describe('tax rates over the API', () => {
  it('are saved as one list; another becomes the usual one', async () => {
    const { as } = givenPrices()
    const owner = as('owner')
    const reduced = { ...VAT, name: 'Books', basisPoints: 600, usual: false }
    const saved = await owner<TaxRates>('PUT', '/tax-rates', { rates: [VAT, reduced] })
    expect(saved.body.rates).toEqual([
      { ...VAT, id: 1 },
      { ...reduced, id: 2 },
    ])
    const swapped = [
      { ...VAT, id: 1, usual: false },
      { ...reduced, id: 2, usual: true },
    ]
    expect((await owner<TaxRates>('PUT', '/tax-rates', { rates: swapped })).body.rates).toEqual(swapped)
    expect((await as('packer')<TaxRates>('GET', '/tax-rates')).body.rates).toEqual(swapped)
    expect((await as('packer')('PUT', '/tax-rates', { rates: [] })).status).toBe(403)
  })

  it('have one usual rate at most, which is on; what is refused changes nothing', async () => {
    const { as } = givenPrices()
    const owner = as('owner')
    await owner('PUT', '/tax-rates', { rates: [VAT] })
    const twice = await owner('PUT', '/tax-rates', {
      rates: [
        { ...VAT, id: 1 },
        { ...VAT, name: 'Other' },
      ],
    })
    const off = await owner('PUT', '/tax-rates', { rates: [{ ...VAT, id: 1, active: false }] })
    const unknown = await owner('PUT', '/tax-rates', { rates: [{ ...VAT, id: 7 }] })
    const doubled = await owner('PUT', '/tax-rates', {
      rates: [
        { ...VAT, id: 1 },
        { ...VAT, id: 1, usual: false },
      ],
    })
    expect([twice.status, off.status, unknown.status, doubled.status]).toEqual([400, 400, 404, 404])
    expect((await owner<TaxRates>('GET', '/tax-rates')).body.rates).toEqual([{ ...VAT, id: 1 }])
  })

  it('go when they are left out, but one that a product names is only switched off', async () => {
    const { shop, as } = givenPrices()
    const owner = as('owner')
    givenVariant(shop)
    await owner('PUT', '/tax-rates', { rates: [VAT, { ...VAT, name: 'Books', usual: false }] })
    await owner('PATCH', '/products/1', { taxRateId: 2 })
    const { body } = await owner<TaxRates>('PUT', '/tax-rates', { rates: [] })
    expect(body.rates).toEqual([{ ...VAT, id: 2, name: 'Books', usual: false, active: false }])
  })
})

describe('products over the API', () => {
  it('are made digital and given a rate, each by itself', async () => {
    const { shop, as } = givenPrices()
    const owner = as('owner')
    givenVariant(shop)
    await owner('PUT', '/tax-rates', { rates: [VAT] })
    const patch = (body: unknown) => owner('PATCH', '/products/1', body)
    expect((await patch({ digital: true })).body).toMatchObject({
      digital: true,
      taxRateId: null,
      status: 'active',
    })
    expect((await patch({ taxRateId: 1 })).body).toMatchObject({ digital: true, taxRateId: 1 })
    expect((await patch({ status: 'draft' })).body).toMatchObject({
      digital: true,
      taxRateId: 1,
      status: 'draft',
    })
    expect((await patch({ taxRateId: null })).body).toMatchObject({ taxRateId: null })
    expect((await patch({ taxRateId: 9 })).status).toBe(400)
    expect((await patch({ price: 1 })).status).toBe(400)
    expect((await owner('PATCH', '/products/9', { digital: true })).status).toBe(404)
    expect((await as('packer')('PATCH', '/products/1', { digital: false })).status).toBe(403)
    const { products } = (await owner<ProductList>('GET', '/products')).body
    expect(products).toMatchObject([{ digital: true, taxRateId: null }])
  })

  it('leave the orders that were placed before as they were', async () => {
    const { shop, as } = givenPrices()
    const order = givenOrder(shop)
    await as('owner')('PATCH', '/products/1', { digital: true })
    const { body } = await as('owner')<{ deliveryMethod: string; taxes: unknown[] }>(
      'GET',
      `/orders/${order.id}`,
    )
    expect(body).toMatchObject({ deliveryMethod: 'Courier', taxes: [], discountMinor: 0, deliveryMinor: 490 })
  })
})
