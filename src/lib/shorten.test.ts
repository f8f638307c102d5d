import { expect, test } from 'vitest'
import { shorten } from './shorten.ts'

test('leaves alone what fits, and ends in an ellipsis where it does not', () => {
  expect(shorten('soap', 4)).toBe('soap')
  expect(shorten('lavender soap', 10)).toBe('lavender…')
})

test('never splits a character', () => {
  expect(shorten('aa💥💥', 4)).toBe('aa…')
  expect(shorten('💥'.repeat(50), 20).isWellFormed()).toBe(true)
})
