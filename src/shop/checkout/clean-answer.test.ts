import { expect, test } from 'vitest'
import { cleanAnswer } from './clean-answer.ts'

test.each([
  ['as it is typed', ' +351 912 345 678 ', '+351 912 345 678'],
  ['as an iPhone copies it', '\u202a+351\u00a0912\u2011345\u2013678\u202c', '+351\u00a0912-345-678'],
  ['on an Arabic keyboard', '٠٥٠ ١٢٣ ٤٥٦٧', '050 123 4567'],
  ['on a Persian keyboard', '۰۹۱۲۳۴۵۶۷۸۹', '09123456789'],
])('a phone number %s is taken', (_how, typed, phone) => {
  expect(cleanAnswer({ phone: typed })).toEqual({ phone })
})

test.each(['12345', 'hello', '+1 234 567 890 123 456 7', '912 345 678 ext', '1'.repeat(40)])(
  '“%s” is no phone number',
  (phone) => {
    expect(() => cleanAnswer({ phone })).toThrow('That does not look like a phone number.')
  },
)
