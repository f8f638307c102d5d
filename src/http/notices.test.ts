import { describe, expect, it } from 'vitest'
import { existing, givenOrder, givenShop, type OrderWish, type TestShop } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import { claimNotice } from '../db/outbox.ts'
import { listNoticesOfOrder, type NoticeWithRecipient } from '../db/proof.ts'
import type { Role } from '../db/schema.ts'
import type { Outcome } from '../shop/notifications/channel.ts'
import { findOutages } from '../shop/notifications/proof-outage.ts'
import { readOverview } from '../shop/notifications/proof-overview.ts'
import { settle } from '../shop/notifications/settle.ts'
import type { DeadList, NoticeDetail } from './contract/notice.ts'
import type { NoticeOverview } from './contract/notice-overview.ts'
import type { Problem } from './contract/problem.ts'

const SENT: Outcome = { kind: 'sent', answer: 'ok', messageId: 7 }
const LOST: Outcome = { kind: 'final', answer: 'Bad Request: chat not found' }
const BLOCKED: Outcome = { kind: 'final', answer: 'Forbidden: bot was blocked by the user', reach: 'blocked' }

function givenNotices(role: Role = 'owner') {
  const { shop, staff } = givenApi({ shop: givenShop({ undoGraceMs: 0 }) })
  const { call, signIn } = staff(role)
  return { shop, call, signIn }
}

/** The customer's card of a new order, with what Telegram answered to it after this long. */
function givenAnswered(
  shop: TestShop,
  outcome: Outcome,
  tookMs = 100,
  wish: OrderWish = {},
): NoticeWithRecipient {
  const { id } = givenOrder(shop, wish)
  const find = () => existing(listNoticesOfOrder(shop.db, id).find((one) => one.kind === 'order_received'))
  const startedAt = shop.clock.now()
  shop.clock.advance(tookMs)
  shop.write((work) => {
    claimNotice(work.tx, { id: find().id, lease: 'here', now: work.now })
    settle(work, { notice: { ...find(), attempts: 1 }, outcome, startedAt }, () => 0.5)
  })
  return find()
}

describe('the overview', () => {
  it('counts what arrived, what was given up and what could not, with its times', async () => {
    const { shop, call, signIn } = givenNotices()
    for (let i = 0; i < 9; i++) givenAnswered(shop, SENT, 100)
    givenAnswered(shop, SENT, 8_000)
    const lost = givenAnswered(shop, LOST)
    givenAnswered(shop, BLOCKED)
    const { body } = await call<NoticeOverview>('GET', '/notices/overview?period=week')
    const telegram = existing(body.channels.find((one) => one.channel === 'telegram'))
    expect(telegram).toMatchObject({
      configured: true,
      sent: 10,
      dead: 1,
      unreachable: 1,
      target: { rate: 0.98, p95Ms: 5_000 },
      met: { rate: false, p95: false },
    })
    expect(telegram.rate).toBeCloseTo(10 / 11)
    expect(existing(telegram.p50Ms)).toBeGreaterThan(95)
    expect(existing(telegram.p50Ms)).toBeLessThan(105)
    expect(existing(telegram.p99Ms)).toBeGreaterThan(7_600)
    // Cards of the owner, and the news that two notices gave up.
    expect(telegram.waiting).toBe(12 + 2)
    expect(body.slots).toHaveLength(28)
    expect(body.slots.at(-1)).toMatchObject({ sent: 10, dead: 1, unreachable: 1, p95Ms: { push: null } })
    expect(body.dead).toBe(2)
    expect(body.failures.map((one) => one.answer)).toEqual([BLOCKED.answer, LOST.answer])
    expect(body.failures[1]).toMatchObject({
      noticeId: lost.id,
      recipient: 'Ana',
      to: 'customer',
      state: 'dead',
    })
    shop.clock.advance(24 * 3_600_000)
    signIn()
    const day = await call<NoticeOverview>('GET', '/notices/overview')
    expect(day.body.channels[0]).toMatchObject({
      sent: 0,
      rate: null,
      p95Ms: null,
      met: { rate: null, p95: null },
    })
  })

  it('tells of wrong settings until the channel works again', async () => {
    const { shop, call, signIn } = givenNotices()
    const trouble = 'Check the token.'
    givenAnswered(shop, { kind: 'retry', answer: '401 Unauthorized', trouble })
    const troubles = async () => (await call<NoticeOverview>('GET', '/notices/overview')).body.troubles
    expect(await troubles()).toMatchObject([{ channel: 'telegram', reason: trouble, isOver: false }])
    shop.clock.advance(3_600_000)
    givenAnswered(shop, SENT)
    expect(await troubles()).toMatchObject([{ reason: trouble, isOver: true }])
    shop.clock.advance(8 * 24 * 3_600_000)
    signIn()
    expect(await troubles()).toEqual([])
  })

  it('says since when a channel does not answer, until it does', async () => {
    const { shop, call } = givenNotices()
    const down: Outcome = { kind: 'retry', answer: '500 Internal Server Error' }
    const telegram = async () => {
      const { body } = await call<NoticeOverview>('GET', '/notices/overview')
      return existing(body.channels.find((one) => one.channel === 'telegram'))
    }
    givenAnswered(shop, SENT)
    const since = shop.clock.now()
    givenAnswered(shop, down)
    expect(await telegram()).toMatchObject({ failingSince: null, failingAnswer: null })
    givenAnswered(shop, { kind: 'retry', answer: 'Telegram did not answer' })
    expect(await telegram()).toMatchObject({
      failingSince: since,
      failingAnswer: 'Telegram did not answer',
    })
    givenAnswered(shop, SENT)
    expect(await telegram()).toMatchObject({ failingSince: null })
    givenAnswered(shop, down)
    givenAnswered(shop, down)
    shop.clock.advance(2 * 3_600_000)
    expect(await telegram()).toMatchObject({ failingSince: null })
  })

  it('knows the beginning of an outage longer than what it looks at', () => {
    const { shop } = givenNotices()
    const since = shop.clock.now()
    const notice = { ...givenAnswered(shop, { kind: 'retry', answer: '502' }), attempts: 1 }
    for (let i = 0; i < 400; i++) {
      const outcome: Outcome = { kind: 'retry', answer: '502' }
      shop.clock.advance(1_000)
      shop.write((work) => settle(work, { notice, outcome, startedAt: work.now }, () => 0.5))
    }
    expect(findOutages(shop.db, shop.clock.now())).toEqual([{ channel: 'telegram', since, answer: '502' }])
  })

  it('reads tallies and short lists, never a table', () => {
    const { shop } = givenNotices()
    givenAnswered(shop, { kind: 'retry', answer: '401', trouble: 'Check the token.' })
    const plans: string[] = []
    const explain = <Q>(query: Q) => {
      plans.push(...shop.db.plan(query as never))
      return query
    }
    const db: TestShop['db'] = {
      ...shop.db,
      all: (query) => shop.db.all(explain(query)),
      first: (query) => shop.db.first(explain(query)),
    }
    for (const period of ['day', 'month'] as const) readOverview({ ...shop, db }, period)
    // Two partial indexes hold dead letters and failed tries only; the second is read from its end, as far as needed.
    expect(plans.join('\n')).not.toMatch(
      /SCAN (?!.*USING (COVERING )?INDEX (notices_dead|notice_attempts_failed))/,
    )
    expect(plans.join('\n')).toContain('INDEX notices_due (channel=? AND lane=?)')
  })
})

describe('dead letters', () => {
  it('are listed page by page, and sent again by an owner or manager up to the one they saw', async () => {
    const { shop, call } = givenNotices('manager')
    const letters = [LOST, LOST, LOST].map((outcome) => givenAnswered(shop, outcome))
    const ids = letters.map(({ id }) => id).reverse()
    const first = await call<DeadList>('GET', '/notices/dead?limit=2')
    expect(first.body.notices.map((one) => one.id)).toEqual(ids.slice(0, 2))
    expect(first.body).toMatchObject({ next: ids[1], count: 3 })
    const second = await call<DeadList>('GET', `/notices/dead?limit=2&before=${first.body.next}`)
    expect(second.body).toMatchObject({ notices: [{ id: ids[2], lastError: LOST.answer }], next: null })
    expect((await call('POST', '/notices/dead/resend', { upTo: ids[1] })).body).toEqual({ count: 2 })
    expect((await call<DeadList>('GET', '/notices/dead')).body.notices.map((one) => one.id)).toEqual([ids[0]])
  })

  it('are not sent again all at once by a packer', async () => {
    const { call } = givenNotices('packer')
    expect((await call('POST', '/notices/dead/resend', { upTo: 1 })).status).toBe(403)
  })
})

describe('a notice that failed', () => {
  it('says everywhere how its order gets to the customer', async () => {
    const { shop, call } = givenNotices()
    const { id } = givenAnswered(shop, LOST, 100, { delivery: 1 })
    givenAnswered(shop, LOST)
    const expected = ['delivery', 'pickup']
    const dead = await call<DeadList>('GET', '/notices/dead')
    expect(dead.body.notices.map((one) => one.handover)).toEqual(expected)
    const overview = await call<NoticeOverview>('GET', '/notices/overview')
    expect(overview.body.failures.map((one) => one.handover)).toEqual(expected)
    expect((await call<NoticeDetail>('GET', `/notices/${id}`)).body.handover).toBe('pickup')
  })
})

describe('one notice', () => {
  it('is shown with each try and its answer, and sent again', async () => {
    const { shop, call } = givenNotices()
    const { id } = givenAnswered(shop, LOST, 120)
    const { body } = await call<NoticeDetail>('GET', `/notices/${id}`)
    expect(body).toMatchObject({ id, state: 'dead', lastError: LOST.answer, ways: ['telegram'] })
    expect(body.tries).toEqual([{ at: body.plannedAt, tookMs: 120, outcome: 'final', answer: LOST.answer }])
    const again = await call<NoticeDetail>('POST', `/notices/${id}/resend`, {})
    expect(again.body).toMatchObject({ state: 'waiting', ways: [], tries: [{ outcome: 'final' }] })
    const twice = await call<Problem>('POST', `/notices/${id}/resend`, {})
    expect([twice.status, twice.body.message]).toEqual([409, 'This message is on its way already.'])
    const byMail = await call<Problem>('POST', `/notices/${id}/resend`, { channel: 'pigeon' })
    expect(byMail.status).toBe(400)
    expect((await call('GET', '/notices/9999')).status).toBe(404)
  })
})
