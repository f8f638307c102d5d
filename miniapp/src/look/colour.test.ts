import { describe, expect, test } from 'vitest'
import { contrast, luminance, mix, parseHex, type Rgb, readableOn, toHex } from './colour.ts'

function hex(text: string): Rgb {
  return parseHex(text) ?? [0, 0, 0]
}

describe('colour', () => {
  test('reads and writes hex, and refuses what is not hex', () => {
    expect(toHex(hex('#3390EC'))).toBe('#3390ec')
    expect(parseHex('red; background: url(x)')).toBeUndefined()
    expect(parseHex(undefined)).toBeUndefined()
  })

  test('knows luminance and contrast as WCAG does', () => {
    expect(luminance(hex('#ffffff'))).toBeCloseTo(1)
    expect(contrast(hex('#000000'), hex('#ffffff'))).toBeCloseTo(21)
    expect(contrast(hex('#767676'), hex('#ffffff'))).toBeCloseTo(4.54, 1)
  })

  test('mixes', () => {
    expect(mix(hex('#ffffff'), hex('#000000'), 0.5)).toEqual([127.5, 127.5, 127.5])
  })

  test("darkens Telegram's blue until it can be read on white, and no further", () => {
    const ink = readableOn(hex('#3390ec'), hex('#ffffff'))
    expect(contrast(ink, hex('#ffffff'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ink, hex('#ffffff'))).toBeLessThan(5.2)
  })

  test('lightens on a dark ground and leaves alone what can be read already', () => {
    expect(contrast(readableOn(hex('#2b5278'), hex('#17212b')), hex('#17212b'))).toBeGreaterThanOrEqual(4.5)
    expect(readableOn(hex('#000000'), hex('#ffffff'))).toEqual([0, 0, 0])
  })
})
