const exponents = new Map<string, number>()
const formats = new Map<string, Intl.NumberFormat>()
/** Telegram's Stars: whole ones only, and no currency of any country. */
const STARS = 'XTR'
/** Bitcoin in the smallest pieces there are. */
const SATS = 'SATS'
const COIN_DECIMALS = 8
const ofCountries = new Set(Intl.supportedValuesOf('currency'))

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. What no country has is a coin, counted as bitcoin is. */
export function currencyExponent(currency: string): number {
  if (currency === STARS || currency === SATS) return 0
  if (!ofCountries.has(currency)) return COIN_DECIMALS
  let exponent = exponents.get(currency)
  if (exponent === undefined) {
    exponent =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    exponents.set(currency, exponent)
  }
  return exponent
}

/** An amount in minor units as people write it: 5420 EUR becomes "€54.20". */
export function formatMoney(minor: number, currency: string, language = 'en'): string {
  if (currency === STARS) return `⭐ ${new Intl.NumberFormat(language).format(minor)}`
  if (!ofCountries.has(currency)) return formatCoins(minor, currency, language)
  const key = `${language} ${currency}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, { style: 'currency', currency })
    formats.set(key, format)
  }
  return format.format(minor / 10 ** currencyExponent(currency))
}

function formatCoins(minor: number, coin: string, language: string): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: COIN_DECIMALS })
  return `${format.format(minor / 10 ** currencyExponent(coin))}\u00a0${coin}`
}

/** An amount as programs and forms take it, without its currency: 5420 EUR becomes "54.20". Exact, however large. */
export function toDecimal(minor: number, currency: string): string {
  const exponent = currencyExponent(currency)
  const digits = String(minor).padStart(exponent + 1, '0')
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

const AMOUNT = /^(\d{1,12})(?:[.,](\d+))?$/
// Nobody should have to find out later what was meant.
const MAYBE_THOUSANDS = /,\d{3}$/

/** Reads "54.2" or "54,20" into minor units exactly. Returns undefined for anything that is not such an amount. */
export function parseMoney(text: string, currency: string): number | undefined {
  const match = AMOUNT.exec(text.trim())
  if (!match || MAYBE_THOUSANDS.test(match[0])) return undefined
  const exponent = currencyExponent(currency)
  const written = match[2] ?? ''
  const decimals = written.replace(/0+$/, '')
  if (decimals.length > exponent || written.length > Math.max(exponent, 2)) return undefined
  return Number(match[1] + decimals.padEnd(exponent, '0'))
}

/** Reads an amount as people type it, alone or with its currency: "54.20", "€54,20", "54.2 EUR". Undefined for anything else. */
export function readTypedMoney(text: string, currency: string): number | undefined {
  const match = /^(?:\p{L}|\p{Sc}){0,4}\s?([\d.,]+)\s?(?:\p{L}|\p{Sc}){0,4}$/u.exec(text.trim())
  return match?.[1] === undefined ? undefined : parseMoney(match[1], currency)
}
