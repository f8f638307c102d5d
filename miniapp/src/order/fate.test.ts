import { expect, test } from 'vitest'
import type { NoticeFate } from '../../../src/http/contract/order.ts'
import { fateOf, kindOf } from './fate.ts'

const NOW = Date.UTC(2026, 10, 22, 13, 2, 30)

function words(more: Partial<NoticeFate>, reach: 'ok' | 'blocked' = 'ok'): string {
  return fateOf(notice(more), NOW, 'Europe/Berlin', reach).words
}

function notice(more: Partial<NoticeFate>): NoticeFate {
  return {
    id: 1,
    kind: 'order_accepted',
    recipient: 'Ana',
    toCustomer: true,
    channel: 'telegram',
    state: 'waiting',
    attempts: 0,
    dueAt: NOW + 3000,
    sentAt: null,
    updatedAt: NOW,
    lastError: null,
    ...more,
  }
}

test('every fate has its words', () => {
  expect(words({})).toBe('waiting for undo, 3 s')
  expect(words({ dueAt: NOW })).toBe('about to be sent')
  expect(words({ state: 'sending', attempts: 1 })).toBe('being sent')
  expect(words({ attempts: 2, dueAt: NOW + 20_000 })).toBe('retrying in 20 s')
  expect(words({ state: 'sent', sentAt: NOW })).toBe('told 14:02')
  expect(words({ state: 'undone' })).toBe('taken back, never sent')
  expect(words({ state: 'dead' }, 'blocked')).toBe('blocked the bot')
  expect(words({ state: 'dead', lastError: 'chat not found' })).toBe('not delivered: chat not found')
})

test('a card being drawn again has told its news', () => {
  expect(words({ state: 'waiting', sentAt: NOW, dueAt: NOW + 1000 })).toBe('told 14:02')
})

test('an unknown kind is still readable', () => {
  expect(kindOf(notice({ kind: 'order_lost_and_found' }))).toBe('order lost and found')
})
