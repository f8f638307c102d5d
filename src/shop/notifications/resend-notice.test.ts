import { describe, expect, it } from 'vitest'
import {
  existing,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { endDevice, saveDevice } from '../../db/devices.ts'
import { listEvents } from '../../db/events.ts'
import { claimNotice } from '../../db/outbox.ts'
import { listNoticesOfOrder, type NoticeWithRecipient } from '../../db/proof.ts'
import { countDeadNotices } from '../../db/proof-numbers.ts'
import { setEmail } from '../customers/set-email.ts'
import type { Outcome } from './channel.ts'
import { resendDead } from './resend-dead.ts'
import { resendNotice, waysToResend } from './resend-notice.ts'
import { settle } from './settle.ts'

const BLOCKED: Outcome = { kind: 'final', answer: 'Forbidden: bot was blocked by the user', reach: 'blocked' }

function find(shop: TestShop, orderId: number, kind: string, recipient = ''): NoticeWithRecipient {
  const all = listNoticesOfOrder(shop.db, orderId)
  return existing(all.find((one) => one.kind === kind && one.recipient.startsWith(recipient)))
}

function answered(shop: TestShop, notice: NoticeWithRecipient, outcome: Outcome): void {
  const now = shop.clock.now()
  shop.write((work) => {
    claimNotice(work.tx, { id: notice.id, lease: 'here', now })
    settle(work, { notice: { ...notice, state: 'sending', attempts: 1 }, outcome, startedAt: now }, () => 0.5)
  })
}

function givenDevice(shop: TestShop, personId: number, name = 'Chrome on Android'): void {
  shop.db.write((tx) =>
    saveDevice(tx, {
      personId,
      sessionHash: 'here',
      name,
      endpoint: `https://fcm.googleapis.com/${Math.random()}`,
      p256dh: 'p',
      auth: 'a',
      vapidKey: 'k',
      now: shop.clock.now(),
    }),
  )
}

describe('telling it once more', () => {
  it('puts a dead letter back, to be measured and to expire from now on', () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const olga = givenStaff(shop)
    const order = step(shop, olga, givenOrder(shop), 'accept')
    answered(shop, find(shop, order.id, 'order_accepted'), BLOCKED)
    shop.clock.advance(3_600_000)
    const { id } = find(shop, order.id, 'order_accepted')
    shop.write((work) => resendNotice(work, { noticeId: id, actor: olga }))
    const again = find(shop, order.id, 'order_accepted')
    expect(again).toMatchObject({ id, state: 'waiting', attempts: 0, planned_at: shop.clock.now() })
    const last = existing(listEvents(shop.db, order.id).at(-1))
    expect([last.type, JSON.parse(last.data)]).toEqual([
      'notice_resent',
      { kind: 'order_accepted', channel: 'telegram' },
    ])
  })

  it('goes to a customer by e-mail instead, once', () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const olga = givenStaff(shop)
    const ana = givenPerson(shop)
    const order = step(shop, olga, givenOrder(shop, { person: ana }), 'accept')
    answered(shop, find(shop, order.id, 'order_accepted'), BLOCKED)
    const dead = find(shop, order.id, 'order_accepted')
    const byMail = () =>
      shop.write((work) => resendNotice(work, { noticeId: dead.id, channel: 'mail', actor: olga }))
    expect(waysToResend(shop.db, shop.settings, dead)).toEqual(['telegram'])
    expect(byMail).toThrow('There is no e-mail address')
    shop.write((work) => setEmail(work, { personId: ana.id, email: 'ana@example.com' }))
    expect(waysToResend(shop.db, shop.settings, dead)).toEqual(['telegram', 'mail'])
    byMail()
    expect(find(shop, order.id, 'order_accepted', 'mail:')).toMatchObject({
      event_id: dead.event_id,
      channel: 'mail',
      state: 'waiting',
    })
    expect(waysToResend(shop.db, shop.settings, dead)).toEqual(['telegram'])
    expect(byMail).toThrow('on its way already')
  })

  it('goes from a member of staff’s chat to all of their live devices, and back', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop)
    const card = find(shop, order.id, 'staff_order')
    answered(shop, card, BLOCKED)
    givenDevice(shop, olga.id)
    givenDevice(shop, olga.id, 'Firefox on Linux')
    shop.write((work) => resendNotice(work, { noticeId: card.id, channel: 'push', actor: olga }))
    const pushes = listNoticesOfOrder(shop.db, order.id).filter((one) => one.channel === 'push')
    expect(pushes.map((one) => [one.kind, one.device_name, one.card])).toEqual([
      ['staff_order', 'Chrome on Android', 0],
      ['staff_order', 'Firefox on Linux', 0],
    ])
    const [push] = pushes
    const deviceId = existing(push?.device_id)
    answered(shop, existing(push), { kind: 'final', answer: '410', ended: 'it is gone' })
    shop.db.write((tx) => endDevice(tx, { id: deviceId, reason: 'it is gone', now: 0 }))
    const gone = find(shop, order.id, 'staff_order', `device:${deviceId}`)
    expect(waysToResend(shop.db, shop.settings, gone)).toEqual(['telegram'])
    expect(() => shop.write((work) => resendNotice(work, { noticeId: gone.id, actor: olga }))).toThrow(
      'This device gets no more alerts',
    )
    shop.write((work) => resendNotice(work, { noticeId: gone.id, channel: 'telegram', actor: olga }))
    expect(find(shop, order.id, 'staff_order', 'telegram:')).toMatchObject({
      id: card.id,
      state: 'waiting',
      card: 1,
    })
  })

  it('says why it cannot', () => {
    const shop = givenShop({ channels: { push: false, mail: false } })
    const olga = givenStaff(shop)
    const order = step(shop, olga, givenOrder(shop), 'accept')
    const resend = (noticeId: number, channel?: 'mail' | 'push') => () =>
      shop.write((work) => resendNotice(work, { noticeId, channel, actor: olga }))
    const { id } = find(shop, order.id, 'order_accepted')
    // It may still be taken back.
    expect(resend(id, 'mail')).toThrow('on its way already')
    const card = find(shop, order.id, 'order_received')
    answered(shop, card, { kind: 'sent', answer: 'ok', messageId: 5 })
    expect(resend(card.id, 'mail')).toThrow('E-mail is switched off')
    shop.clock.advance(5_000)
    answered(shop, find(shop, order.id, 'order_received'), { kind: 'sent', answer: 'ok', messageId: 5 })
    expect(resend(card.id)).toThrow('kept up to date')
    expect(resend(999)).toThrow('There is no such notice')
  })
})

it('sends the dead letters that were seen again, and no later ones', () => {
  const shop = givenShop({ undoGraceMs: 0 })
  const olga = givenStaff(shop)
  const orders = [givenOrder(shop), givenOrder(shop), givenOrder(shop)].map(({ id }) => id)
  const letters = orders.map((id) => find(shop, id, 'order_received'))
  for (const letter of letters) answered(shop, letter, BLOCKED)
  const upTo = existing(letters[1]).id
  expect(shop.write((work) => resendDead(work, { upTo, actor: olga }))).toEqual({
    count: 2,
    goOnUpTo: undefined,
  })
  expect(orders.map((id) => find(shop, id, 'order_received').state)).toEqual(['waiting', 'waiting', 'dead'])
  expect(countDeadNotices(shop.db)).toBe(1)
})
