import { describe, expect, test } from 'vitest'
import { createSseParser } from './sse-parser.ts'

describe('the stream parser', () => {
  test('reads events, ids and data over several lines, and skips comments', () => {
    const parser = createSseParser()
    const text = ': ping\n\nid: 7\nevent: change\ndata: {"a":\ndata: 1}\n\n'
    expect(parser.push(text)).toEqual([{ event: 'change', data: '{"a":\n1}' }])
    expect(parser.lastId()).toBe('7')
  })

  test('gives the same whatever way the bytes are cut', () => {
    const text = 'id: 12\r\nevent: notice\r\ndata: über\r\n\r\nretry: 1000\ndata:x\n\n'
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = createSseParser()
      const messages = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]
      expect(messages).toEqual([
        { event: 'notice', data: 'über' },
        { event: 'message', data: 'x' },
      ])
      expect(parser.lastId()).toBe('12')
    }
  })

  test('does not count an id whose message was cut off', () => {
    const parser = createSseParser()
    parser.push('id: 1\ndata: a\n\nid: 2\ndata: b\n')
    expect(parser.lastId()).toBe('1')
  })

  test('keeps an id that came without data', () => {
    const parser = createSseParser()
    expect(parser.push('id: 40\n\n')).toEqual([])
    expect(parser.lastId()).toBe('40')
  })
})
