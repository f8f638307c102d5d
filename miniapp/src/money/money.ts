/** Telegram's Stars: whole ones only, and no currency of any country. */
const STARS = 'XTR'
/** Bitcoin in the smallest pieces there are. */
const SATS = 'SATS'
const COIN_DECIMALS = 8
const ofCountries = new Set(Intl.supportedValuesOf('currency'))
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string): Intl.NumberFormat {
  let format = formats.get(currency)
  if (!format) {
    format = new Intl.NumberFormat('en', { style: 'currency', currency })
    formats.set(currency, format)
  }
  return format
}

function decimalsOf(currency: string): number {
  if (currency === STARS || currency === SATS) return 0
  if (!ofCountries.has(currency)) return COIN_DECIMALS
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** Minor units as people write them: 5420 EUR is "€54.20". */
export function formatMoney(minor: number, currency: string): string {
  if (currency === STARS) return `⭐ ${minor.toLocaleString('en')}`
  const amount = minor / 10 ** decimalsOf(currency)
  if (ofCountries.has(currency)) return formatOf(currency).format(amount)
  return `${amount.toLocaleString('en', { maximumFractionDigits: COIN_DECIMALS })}\u00a0${currency}`
}

/** The same where there is little room: "€500", "€1.2K". */
export function shortMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, notation: 'compact' })
  return format.format(minor / 10 ** decimalsOf(currency))
}

/** Minor units as one types them: 5420 EUR is "54.20". */
export function plainMoney(minor: number, currency: string): string {
  const decimals = decimalsOf(currency)
  return (minor / 10 ** decimals).toFixed(decimals)
}

/** Reads "54.2" or "54,20" exactly. Undefined for anything that is no such amount. */
export function parseMoney(text: string, currency: string): number | undefined {
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim())
  // What may mean a thousand is not guessed at: nobody should have to find out later.
  if (!match || /,\d{3}$/.test(match[0])) return undefined
  const written = match[2] ?? ''
  const decimals = written.replace(/0+$/, '')
  if (decimals.length > decimalsOf(currency) || written.length > Math.max(decimalsOf(currency), 2))
    return undefined
  return Number((match[1] ?? '') + decimals.padEnd(decimalsOf(currency), '0'))
}

/** What is said to whoever typed something that is no amount. */
export function amountHint(exampleMinor: number, currency: string): string {
  return `An amount like ${plainMoney(exampleMinor, currency)}`
}

/** Hundredths of a percent as people write them: 2100 is "21 %". */
export function percentOf(basisPoints: number): string {
  return `${basisPoints / 100} %`
}

/** Reads "21", "5.5 %" or "5,5" exactly, in hundredths of a percent. Undefined for anything else. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim())
  return match ? Number((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0')) : undefined
}
