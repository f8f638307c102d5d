import { expect, it } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff, step } from '../../../tests/given.ts'
import { findNotice } from '../../db/notices.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { groupDigest } from './group-digest.ts'

it('counts its news as people do, and tells each by its own words', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const max = givenStaff(shop, 'manager', 'Max')
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  step(shop, max, order, 'mark_paid')
  const notices = listNoticesOfOrder(shop.db, order.id)
    .filter((notice) => notice.recipient === `telegram:${olga.id}`)
    .map(({ id }) => existing(findNotice(shop.db, id)))
  const linesOf = (...some: typeof notices) => groupDigest(shop, some).html.split('\n')
  expect(linesOf(...notices.slice(0, 1))[0]).toBe('<b>One piece of news</b>')
  expect(linesOf(...notices)).toEqual([
    '<b>2 pieces of news</b>',
    expect.stringMatching(/^Order #\d+ · €29\.90 · /),
    `💶 €29.90 received for order #${order.id} of Ana.`,
  ])
})
