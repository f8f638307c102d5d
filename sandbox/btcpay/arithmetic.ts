// Decimal strings, exact to twelve places: a server that reckons with floating point would hide what it is to find.
const PLACES = 12
const ONE = 10n ** BigInt(PLACES)

export function addDecimals(decimals: string[]): string {
  return write(decimals.reduce((sum, one) => sum + read(one), 0n))
}

export function multiplyDecimal(a: string, b: string): string {
  return write((read(a) * read(b)) / ONE)
}

/** Rounded up to eight places, as bitcoin are paid. */
export function divideDecimal(a: string, b: string): string {
  const step = 10n ** BigInt(PLACES - 8)
  const exact = (read(a) * ONE) / read(b)
  return write(((exact + step - 1n) / step) * step)
}

export function isAtLeast(a: string, b: string): boolean {
  return read(a) >= read(b)
}

function read(decimal: string): bigint {
  const sign = decimal.startsWith('-') ? -1n : 1n
  const [whole = '0', places = ''] = decimal.replace('-', '').split('.')
  return sign * BigInt(whole + places.slice(0, PLACES).padEnd(PLACES, '0'))
}

function write(scaled: bigint): string {
  const sign = scaled < 0n ? '-' : ''
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(PLACES + 1, '0')
  const places = digits.slice(-PLACES).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -PLACES)}${places && `.${places}`}`
}
