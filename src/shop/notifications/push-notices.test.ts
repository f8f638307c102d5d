import { expect, it } from 'vitest'
import { existing, givenDevice, givenShop, givenStaff, type TestShop } from '../../../tests/given.ts'
import { saveChoice } from '../../db/audience.ts'
import { findNotice } from '../../db/notices.ts'
import { listNoticesOfEvent } from '../../db/proof.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM } from '../work.ts'
import { gatherFacts } from './facts.ts'
import { planForStaff } from './plan.ts'
import { pushNotice } from './push-notices.ts'

/** The tag of the push that tells of an event. */
function tagOf(shop: TestShop, type: string, data = {}): string {
  const id = shop.write((work) => {
    const event = { type, actor: SYSTEM }
    const id = recordEvent(work, { ...event, orderId: null, data })
    planForStaff(work, { ...event, id })
    return id
  })
  const row = existing(listNoticesOfEvent(shop.db, id).find((one) => one.channel === 'push'))
  const facts = existing(gatherFacts(shop, existing(findNotice(shop.db, row.id))))
  return existing(pushNotice(facts)).tag
}

it('news replaces what it makes out of date on a lock screen, and nothing else', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  shop.db.write((tx) => {
    for (const topic of ['stock_low', 'notice_gave_up', 'shop_trouble'])
      saveChoice(tx, { personId: olga.id, topic, channel: 'push', wanted: 1 })
  })
  expect(tagOf(shop, 'stock_low', { variantId: 7 })).toBe('staff-stock-low-7')
  expect(tagOf(shop, 'stock_out', { variantId: 7 })).toBe('staff-stock-low-7')
  expect(tagOf(shop, 'stock_low', { variantId: 8 })).toBe('staff-stock-low-8')
  expect(tagOf(shop, 'notice_gave_up')).not.toBe(tagOf(shop, 'notice_gave_up'))
  expect(tagOf(shop, 'shop_trouble')).toBe(tagOf(shop, 'shop_trouble'))
})
