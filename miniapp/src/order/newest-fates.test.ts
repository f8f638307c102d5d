import { expect, test } from 'vitest'
import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import { newestFates } from './newest-fates.ts'

function fate(id: number, updatedAt: number, sentAt: number | null = null): NoticeFate {
  return {
    id,
    eventId: 1,
    number: 1001,
    handover: 'delivery',
    kind: 'order_accepted',
    recipient: 'Ana',
    device: null,
    to: 'customer',
    channel: 'telegram',
    state: sentAt === null ? 'waiting' : 'sent',
    attempts: 0,
    plannedAt: 0,
    dueAt: 0,
    sentAt,
    shownAt: null,
    openedAt: null,
    updatedAt,
    lastError: null,
    unreachable: false,
    toldBy: null,
  }
}

test('an answer that was made before a notice was sent does not take its news back', () => {
  const sent = fate(1, 20, 20)
  expect(newestFates([fate(1, 10)], [sent])).toEqual([sent])
  expect(newestFates([fate(1, 20)], [sent])).toEqual([sent])
})

test('what was fetched later counts, also where only its reader has changed', () => {
  expect(newestFates([fate(1, 30, 30)], [fate(1, 20)])).toEqual([fate(1, 30, 30)])
  const blocked = { ...fate(1, 20, 20), unreachable: true }
  expect(newestFates([blocked], [fate(1, 20, 20)])).toEqual([blocked])
})

test('a notice that came after the answer was made stays', () => {
  expect(newestFates([fate(1, 10)], [fate(1, 10), fate(2, 20)]).map(({ id }) => id)).toEqual([1, 2])
  expect(newestFates([fate(1, 10)], [])).toEqual([fate(1, 10)])
})
