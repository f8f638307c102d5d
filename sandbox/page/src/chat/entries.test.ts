import { expect, test } from 'vitest'
import type { SeenMessage } from '../api/shapes.ts'
import { dayName, entriesOf } from './entries.ts'

const noon = new Date(2026, 0, 5, 12).getTime() / 1000

function message(id: number, date: number, fromId: number, extra: Partial<SeenMessage> = {}): SeenMessage {
  const raw = {} as SeenMessage['raw']
  return { id, chatId: 1, from: 'bot', fromId, fromName: '', date, buttons: [], keyboard: [], raw, ...extra }
}

test('a new day is marked, and messages of one author close together form a group', () => {
  const entries = entriesOf([
    message(1, noon - 86_400, 7),
    message(2, noon, 7),
    message(3, noon + 5, 7),
    message(4, noon + 9, 8),
    message(5, noon + 2000, 8),
  ])
  const shape = entries.map((entry) =>
    entry.kind === 'day' ? 'day' : `${entry.key}${entry.first ? ' first' : ''}${entry.last ? ' last' : ''}`,
  )
  expect(shape).toEqual(['day', '1 first last', 'day', '2 first', '3 last', '4 first last', '5 first last'])
})

test('the parts of an album are one entry', () => {
  const entries = entriesOf([
    message(1, noon, 7, { album: 'a' }),
    message(2, noon, 7, { album: 'a' }),
    message(3, noon, 7, { album: 'b' }),
  ])
  const sizes = entries.map((entry) => (entry.kind === 'day' ? 0 : entry.messages.length))
  expect(sizes).toEqual([0, 2, 1])
})

test('days have names people use', () => {
  const now = noon * 1000
  expect(dayName(now - 3_600_000, now)).toBe('Today')
  expect(dayName(now - 86_400_000, now)).toBe('Yesterday')
  expect(dayName(new Date(2025, 11, 24, 9).getTime(), now)).toBe('24 December 2025')
})
