import { expect, test } from 'vitest'
import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import { fateOf } from './fate.ts'
import { kindOf, recipientOf } from './notice-kinds.ts'
import { staffNews } from './staff-news.ts'

const NOW = Date.UTC(2026, 10, 22, 13, 2, 30)
const BLOCKED = 'Forbidden: bot was blocked by the user'

function words(more: Partial<NoticeFate>): string {
  return fateOf(notice(more), NOW, 'Europe/Berlin').words
}

function notice(more: Partial<NoticeFate>): NoticeFate {
  return {
    id: 1,
    eventId: 1,
    number: 1001,
    handover: 'delivery',
    kind: 'order_accepted',
    recipient: 'Ana',
    device: null,
    to: 'customer',
    channel: 'telegram',
    state: 'waiting',
    attempts: 0,
    plannedAt: NOW + 3000,
    dueAt: NOW + 3000,
    sentAt: null,
    shownAt: null,
    openedAt: null,
    updatedAt: NOW,
    lastError: null,
    unreachable: false,
    toldBy: null,
    ...more,
  }
}

test('every fate has its words', () => {
  expect(words({})).toBe('Waits 3 s so that it can be undone')
  expect(words({ dueAt: NOW })).toBe('About to be sent')
  expect(words({ dueAt: NOW, sentAt: NOW - 5 })).toBe('About to be sent again')
  expect(words({ state: 'sending', attempts: 1 })).toBe('Being sent')
  expect(words({ attempts: 2, dueAt: NOW + 20_000 })).toBe('Retrying in 20 s')
  expect(words({ attempts: 2, dueAt: NOW })).toBe('Retrying now')
  expect(words({ state: 'sent', sentAt: NOW })).toBe('Told by Telegram 14:02')
  expect(words({ state: 'sent', channel: 'mail', sentAt: NOW })).toBe('Told by e-mail 14:02')
  expect(words({ state: 'sent', sentAt: NOW, shownAt: NOW + 60_000 })).toBe('Shown 14:03')
  expect(words({ state: 'sent', sentAt: NOW, shownAt: NOW, openedAt: NOW + 120_000 })).toBe('Opened 14:04')
  expect(words({ state: 'undone' })).toBe('Taken back, never sent')
  expect(words({ state: 'dead', lastError: BLOCKED })).toBe('Given up: blocked the bot')
  expect(words({ state: 'dead', lastError: 'Bad Request: chat not found' })).toBe(
    'Given up: there is no chat with them',
  )
  expect(words({ state: 'dead', lastError: '550 no such mailbox' })).toBe(
    'Given up: there is no such address',
  )
  const blocked = { state: 'dead', lastError: BLOCKED, unreachable: true } as const
  expect(words(blocked)).toBe('Could not be reached: blocked the bot')
  expect(words({ ...blocked, toldBy: 'mail' })).toMatch(/ – reached by e-mail instead$/)
  expect(words({ state: 'sent', channel: 'push', sentAt: NOW })).toBe('Handed to push 14:02')
  expect(words({ state: 'dropped', lastError: 'it was put off' })).toBe('Not needed: it was put off')
  expect(words({ state: 'dropped', sentAt: NOW })).toBe('Told 14:02, then taken away')
})

test('what waits says for what', () => {
  const push = { to: 'staff', channel: 'push' } as const
  expect(words({ ...push, plannedAt: NOW + 7_200_000, dueAt: NOW + 7_200_000 })).toBe(
    'Waits 2 h, until quiet hours end',
  )
  expect(words({ plannedAt: NOW })).toBe('Waits 3 s for its turn')
  expect(words({ lastError: 'Too Many Requests: retry after 3' })).toBe(
    'Waits 3 s: Telegram asked for a pause',
  )
})

test('news of goods that nobody brings is called what it is', () => {
  expect(kindOf({ kind: 'order_dispatched', handover: 'delivery' })).toBe('Dispatched')
  expect(kindOf({ kind: 'order_dispatched', handover: 'pickup' })).toBe('Ready for pickup')
  expect(kindOf({ kind: 'staff_order_delivered', handover: 'pickup' })).toBe('Picked up')
  expect(kindOf({ kind: 'staff_order_dispatched', handover: 'digital' })).toBe('Sent')
  expect(kindOf({ kind: 'order_delivered', handover: 'digital' })).toBe('Delivered')
  expect(kindOf({ kind: 'order_accepted', handover: 'pickup' })).toBe('Accepted')
})

test('an unknown kind is still readable, and a device has its name', () => {
  expect(kindOf({ kind: 'staff_lost_and_found', handover: null })).toBe('lost and found')
  expect(recipientOf(notice({ device: 'Chrome on Android' }))).toBe('Ana, Chrome on Android')
})

test('news to staff is summed up by what happened', () => {
  const to = (more: Partial<NoticeFate>) => notice({ to: 'staff', kind: 'staff_order', ...more })
  const told = { state: 'sent', sentAt: NOW } as const
  const sum = (...notices: NoticeFate[]) => staffNews(notices).map((one) => [one.told, one.meant, one.is])
  expect(sum(to(told), to({ state: 'waiting' }))).toEqual([[1, 2, 'waiting']])
  expect(sum(to(told), to({ state: 'dead' }), to({ eventId: 2, ...told }))).toEqual([
    [1, 2, 'dead'],
    [1, 1, 'told'],
  ])
  expect(sum(to(told), to({ state: 'dropped' }))).toEqual([[1, 1, 'told']])
  expect(sum(to({ state: 'dropped' }), to({ state: 'undone' }))).toEqual([[0, 0, 'dropped']])
})
