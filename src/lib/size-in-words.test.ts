import { expect, it } from 'vitest'
import { bytes } from '../../miniapp/src/parts/bytes.ts'
import { sizeInWords } from './size-in-words.ts'

const SIZES = { 0: '0 B', 999: '999 B', 1000: '1.0 kB', 850400: '850 kB', 4240000: '4.2 MB', 5e15: '5000 TB' }

it.each(Object.entries(SIZES))('%s bytes are said as %s, as in the panel', (size, words) => {
  expect(sizeInWords(Number(size))).toBe(words)
  expect(bytes(Number(size))).toBe(words)
})
