import { expect, it } from 'vitest'
import { givenOrder, givenShop } from '../../tests/given.ts'
import { requireCurrency } from './require-currency.ts'

it('a shop takes any currency until it has an order, and then no other', () => {
  const { db, ...shop } = givenShop()
  requireCurrency(db, 'JPY')
  givenOrder({ db, ...shop })
  requireCurrency(db, 'EUR')
  expect(() => requireCurrency(db, 'JPY')).toThrow(
    "CURRENCY is JPY, but this shop's orders are in EUR, and so are its prices. Set CURRENCY=EUR;",
  )
})
