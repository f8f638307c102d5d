import { currencyExponent } from '../lib/money.ts'

/** A decimal amount in minor units, what is smaller than one left out: never more than really came. */
export function fromDecimal(decimal: string, currency: string): number {
  const exponent = currencyExponent(currency)
  const [whole = '0', decimals = ''] = decimal.split('.')
  const minor = Number(whole + decimals.slice(0, exponent).padEnd(exponent, '0'))
  return decimal.startsWith('-') ? 0 : minor
}

/** What payments in other currencies, less their fees, come to in minor units at their rates: exact, then rounded down. */
export function convert(payments: { value: string; fee: string; rate: string }[], currency: string): number {
  const total = payments.reduce(
    (sum, { value, fee, rate }) => sum + (scaled(value) - scaled(fee)) * scaled(rate),
    0n,
  )
  const minor = (total * 10n ** BigInt(currencyExponent(currency))) / SCALE ** 2n
  return minor > 0n ? Number(minor) : 0
}

const DECIMALS = 18
const SCALE = 10n ** BigInt(DECIMALS)

function scaled(decimal: string): bigint {
  const [whole = '0', decimals = ''] = decimal.split('.')
  return BigInt(whole + decimals.slice(0, DECIMALS).padEnd(DECIMALS, '0'))
}
