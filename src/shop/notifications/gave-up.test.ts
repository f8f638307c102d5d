import { expect, test } from 'vitest'
import { existing, givenDevice, givenOrder, givenShop, givenStaff } from '../../../tests/given.ts'
import { saveChoice } from '../../db/audience.ts'
import { newestEventOfType } from '../../db/events.ts'
import { findNotice } from '../../db/notices.ts'
import { listNoticesOfEvent, listNoticesOfOrder } from '../../db/proof.ts'
import { announceDeath } from './announce-death.ts'
import { gatherFacts } from './facts.ts'
import { pushNotice } from './push-notices.ts'
import { staffNotice } from './staff-notices.ts'

/** What staff read in the chat and on the lock screen when a channel answers this for good. */
function toldAfter(answer: string): (string | undefined)[] {
  const shop = givenShop()
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  shop.db.write((tx) =>
    saveChoice(tx, { personId: olga.id, topic: 'notice_gave_up', channel: 'push', wanted: 1 }),
  )
  const order = givenOrder(shop)
  const [lost] = listNoticesOfOrder(shop.db, order.id)
  shop.write((work) => announceDeath(work, existing(findNotice(shop.db, existing(lost).id)), answer))
  const event = existing(newestEventOfType(shop.db, { orderId: order.id, type: 'notice_gave_up' }))
  expect(JSON.parse(event.data).reason).toBe(answer)
  const factsOn = (channel: string) => {
    const row = listNoticesOfEvent(shop.db, event.id).find((one) => one.channel === channel)
    return existing(gatherFacts(shop, existing(findNotice(shop.db, existing(row).id))))
  }
  const chat = staffNotice('staff_notice_gave_up', factsOn('telegram'))
  return [chat?.html, pushNotice(factsOn('push'))?.body]
}

test('staff read in plain words why somebody was not told; the event keeps what the channel answered', () => {
  expect(toldAfter('403 Forbidden: bot was blocked by the user')).toEqual([
    '⚠️ Ana could not be told about order #1001 by Telegram: blocked the bot.',
    'By Telegram: blocked the bot',
  ])
})

test('an answer nobody has plain words for is not shown to staff as it came', () => {
  expect(toldAfter('400 Bad Request: PEER_ID_INVALID')).toEqual([
    '⚠️ Ana could not be told about order #1001 by Telegram: it was refused.',
    'By Telegram: it was refused',
  ])
})
