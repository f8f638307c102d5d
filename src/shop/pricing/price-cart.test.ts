import { describe, expect, it } from 'vitest'
import { chooseSeed, type Random, seeded } from '../../../tests/faults/random.ts'
import { type Basket, type Discount, type Price, priceCart } from './price-cart.ts'
import type { TaxRate } from './sum-taxes.ts'

const VAT: TaxRate = { name: 'VAT', basisPoints: 2100, included: true }
const REDUCED: TaxRate = { name: 'VAT', basisPoints: 600, included: true }
const ON_TOP: TaxRate = { name: 'Sales tax', basisPoints: 825, included: false }

function basket(wish: Partial<Basket>): Basket {
  return { lines: [], deliveryMinor: 0, deliveryTaxRate: null, discount: null, ...wish }
}

function line(unitPriceMinor: number, quantity = 1, taxRate: TaxRate | null = null) {
  return { unitPriceMinor, quantity, taxRate }
}

function sum(amounts: number[]): number {
  return amounts.reduce((all, one) => all + one, 0)
}

describe('a price', () => {
  it('is the example of the decision', () => {
    const price = priceCart({
      lines: [line(990, 2, VAT), line(500, 3, REDUCED)],
      deliveryMinor: 490,
      deliveryTaxRate: VAT,
      discount: { kind: 'percent', value: 1000 },
    })
    expect(price).toEqual({
      itemsMinor: 3480,
      lines: [
        { totalMinor: 1980, discountMinor: 198 },
        { totalMinor: 1500, discountMinor: 150 },
      ],
      discountMinor: 348,
      deliveryMinor: 490,
      taxes: [
        { ...VAT, netMinor: 1878, taxMinor: 394 },
        { ...REDUCED, netMinor: 1274, taxMinor: 76 },
      ],
      taxMinor: 470,
      taxAddedMinor: 0,
      totalMinor: 3622,
    })
  })

  it('has tax that is not in the prices put on top', () => {
    const price = priceCart(
      basket({ lines: [line(1999, 1, ON_TOP)], deliveryMinor: 500, deliveryTaxRate: ON_TOP }),
    )
    expect(price.taxes).toEqual([{ ...ON_TOP, netMinor: 2499, taxMinor: 206 }])
    expect(price.totalMinor).toBe(2499 + 206)
  })

  it('is rounded half up', () => {
    const half = (itemsMinor: number) =>
      priceCart(basket({ lines: [line(itemsMinor)], discount: { kind: 'percent', value: 5000 } }))
        .discountMinor
    expect([half(1), half(2), half(3), half(101)]).toEqual([1, 1, 2, 51])
    const tax = (minor: number) =>
      priceCart(basket({ lines: [line(minor, 1, { name: 'T', basisPoints: 500, included: false })] }))
        .taxMinor
    expect([tax(9), tax(10), tax(29), tax(30)]).toEqual([0, 1, 1, 2])
  })

  it('spreads a discount that does not divide, and no unit is lost', () => {
    const price = priceCart(
      basket({ lines: [line(100), line(100), line(100)], discount: { kind: 'amount', value: 100 } }),
    )
    expect(price.lines.map((one) => one.discountMinor).sort()).toEqual([33, 33, 34])
  })

  it('gives the odd unit by what the lines are, not by where they stand', () => {
    const lines = [line(100, 1, VAT), line(100, 1, ON_TOP)]
    const discount = { kind: 'amount', value: 1 } as const
    const [one, other] = [
      priceCart(basket({ lines, discount })),
      priceCart(basket({ lines: lines.toReversed(), discount })),
    ]
    expect(other.lines.toReversed()).toEqual(one.lines)
    expect([other.taxes, other.totalMinor]).toEqual([one.taxes, one.totalMinor])
  })

  it('never goes below nothing, whatever is taken off', () => {
    const lines = [line(700, 1, VAT), line(300)]
    const free = priceCart(basket({ lines, discount: { kind: 'amount', value: 5000 } }))
    expect(free).toMatchObject({ discountMinor: 1000, totalMinor: 0, taxes: [] })
    expect(priceCart(basket({ lines, discount: { kind: 'percent', value: 10_000 } })).totalMinor).toBe(0)
    const kept = priceCart(basket({ lines, deliveryMinor: 490, discount: { kind: 'amount', value: 5000 } }))
    expect(kept.totalMinor).toBe(490)
  })

  it('has its delivery taken off, and the tax of it, when that is free', () => {
    const parts = { lines: [line(1000, 1, VAT)], deliveryMinor: 490, deliveryTaxRate: VAT }
    const price = priceCart({ ...parts, discount: { kind: 'free_delivery', value: 0 } })
    expect(price).toMatchObject({ discountMinor: 490, deliveryMinor: 490, totalMinor: 1000 })
    expect(price.lines[0]?.discountMinor).toBe(0)
    expect(price.taxes).toEqual(priceCart({ ...parts, deliveryMinor: 0, discount: null }).taxes)
  })

  it('is nothing for nothing', () => {
    const nothing = { itemsMinor: 0, lines: [], discountMinor: 0, taxes: [], taxMinor: 0, totalMinor: 0 }
    expect(priceCart(basket({ discount: { kind: 'percent', value: 1000 } }))).toMatchObject(nothing)
    expect(
      priceCart(basket({ lines: [line(0, 3, VAT)], discount: { kind: 'amount', value: 1 } })),
    ).toMatchObject({ discountMinor: 0, totalMinor: 0, taxes: [] })
  })

  it('stays exact where floating point would not', () => {
    const lines = Array.from({ length: 30 }, () => line(9_999_999_999, 99, VAT))
    const price = priceCart(basket({ lines, discount: { kind: 'percent', value: 3333 } }))
    expect(price.itemsMinor).toBe(29_699_999_997_030)
    // 29 699 999 997 030 × 0.3333 = 9 899 009 999 010.099
    expect(price.discountMinor).toBe(9_899_009_999_010)
    expect(sum(price.lines.map((one) => one.discountMinor))).toBe(price.discountMinor)
  })
})

const RATES = [VAT, REDUCED, ON_TOP, { name: 'None', basisPoints: 0, included: true }, null]

function someBasket(random: Random): Basket {
  const most = random.pick([1, 99, 10_000, 10_000_000_000])
  const lines = Array.from({ length: random.between(0, 12) }, () =>
    line(random.between(0, most), random.between(1, 99), random.pick(RATES)),
  )
  const deliveryMinor = random.pick([0, 1, 490, 99_999])
  return { lines, deliveryMinor, deliveryTaxRate: random.pick(RATES), discount: someDiscount(random, most) }
}

function someDiscount(random: Random, most: number): Discount | null {
  return random.pick([
    null,
    { kind: 'percent', value: random.between(1, 10_000) },
    { kind: 'amount', value: random.between(1, most * 20) },
    { kind: 'free_delivery', value: 0 },
  ] as const)
}

function shuffled<T>(from: T[], random: Random): T[] {
  return from
    .map((one) => ({ one, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

/** What must hold of every price, worked out from the basket without a line of the code under test. */
function checkPrice({ lines, deliveryMinor, deliveryTaxRate, discount }: Basket, price: Price): void {
  const items = sum(lines.map((one) => one.unitPriceMinor * one.quantity))
  const shares = price.lines.map((one) => one.discountMinor)
  const off = sum(shares)
  expect(price.itemsMinor).toBe(items)
  expect(price.totalMinor).toBe(items - price.discountMinor + deliveryMinor + price.taxAddedMinor)
  expect(price.totalMinor).toBeGreaterThanOrEqual(0)
  expect(Number.isSafeInteger(price.totalMinor)).toBe(true)
  if (discount?.kind === 'free_delivery') expect([off, price.discountMinor]).toEqual([0, deliveryMinor])
  else expect(price.discountMinor).toBe(off)
  expect(off).toBeLessThanOrEqual(items)
  if (discount?.kind === 'amount') expect(off).toBe(Math.min(discount.value, items))
  for (const [i, share] of shares.entries()) {
    const total = price.lines[i]?.totalMinor ?? 0
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(total)
    // In proportion: not a whole unit away from its exact share.
    const away = BigInt(share) * BigInt(items) - BigInt(off) * BigInt(total)
    expect((away < 0n ? -away : away) < BigInt(Math.max(items, 1))).toBe(true)
  }
  expect(price.taxMinor).toBe(sum(price.taxes.map((tax) => tax.taxMinor)))
  const taxed = lines.map((one, i) => ({
    rate: one.taxRate,
    minor: (price.lines[i]?.totalMinor ?? 0) - (shares[i] ?? 0),
  }))
  taxed.push({
    rate: deliveryTaxRate,
    minor: discount?.kind === 'free_delivery' ? 0 : deliveryMinor,
  })
  for (const { name, basisPoints, included, netMinor, taxMinor } of price.taxes) {
    const minor = sum(
      taxed
        .filter(({ rate }) => rate?.name === name && rate.basisPoints === basisPoints)
        .map((one) => one.minor),
    )
    expect(included ? netMinor + taxMinor : netMinor).toBe(minor)
    // Tax is the rate's part of the net sum, to half a unit of the sum it was taken from.
    const error = BigInt(taxMinor) * 10_000n - BigInt(netMinor) * BigInt(basisPoints)
    const bound = included ? BigInt(10_000 + basisPoints) : 10_000n
    expect(2n * (error < 0n ? -error : error) <= bound).toBe(true)
  }
  const shown = sum(price.taxes.map((tax) => tax.netMinor + (tax.included ? tax.taxMinor : 0)))
  expect(shown).toBe(sum(taxed.filter(({ rate }) => rate).map((one) => one.minor)))
}

describe('any price', () => {
  it('adds up, is never negative, and is the same in whatever order the lines come', () => {
    const seed = chooseSeed()
    const random = seeded(seed)
    for (let run = 0; run < 2000; run++) {
      const some = someBasket(random)
      const price = priceCart(some)
      const context = `SEED=${seed}, run ${run}: ${JSON.stringify(some)}`
      try {
        checkPrice(some, price)
        const { lines, ...rest } = priceCart({ ...some, lines: shuffled(some.lines, random) })
        const { lines: before, ...same } = price
        expect(rest).toEqual(same)
        expect(lines.map(words).sort()).toEqual(before.map(words).sort())
      } catch (error) {
        throw new Error(context, { cause: error })
      }
    }
  })
})

function words(one: Price['lines'][number]): string {
  return `${one.totalMinor} −${one.discountMinor}`
}
