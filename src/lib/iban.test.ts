import { expect, test } from 'vitest'
import { findIban } from './iban.ts'

test.each([
  ['IBAN BE68 5390 0754 7034 BIC KREDBEBB', 'BE68539007547034'],
  ['ES91 2100 0418 4502 0005 1332 ACME LTD', 'ES9121000418450200051332'],
  ['Account:\nDE89 3704 0044 0532 0130 00\nACME', 'DE89370400440532013000'],
  ['NO93 8601 1117 947', 'NO9386011117947'],
  ['GB82WEST12345698765432', 'GB82WEST12345698765432'],
  ['Call AB12 first, then pay to MT84 MALT 0110 0001 2345 MTLC AST0 01S.', 'MT84MALT011000012345MTLCAST001S'],
])('the account number in %j is found whole, and alone', (words, iban) => {
  expect(findIban(words)).toBe(iban)
})

test.each(['', 'IBAN XX00 1234', 'BE68 5390 0754 7035', 'Reference AB12 3456 7890 1234'])(
  'there is none in %j',
  (words) => {
    expect(findIban(words)).toBeUndefined()
  },
)
