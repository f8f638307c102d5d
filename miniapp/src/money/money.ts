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
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** Minor units as people write them: 5420 EUR is "€54.20". */
export function formatMoney(minor: number, currency: string): string {
  return formatOf(currency).format(minor / 10 ** decimalsOf(currency))
}

/** Minor units as one types them: 5420 EUR is "54.20". */
export function plainMoney(minor: number, currency: string): string {
  const decimals = decimalsOf(currency)
  return (minor / 10 ** decimals).toFixed(decimals)
}

/** Reads "54.2" or "54,20" exactly. Undefined for anything that is no such amount. */
export function parseMoney(text: string, currency: string): number | undefined {
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim())
  if (!match) return undefined
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  if (decimals.length > decimalsOf(currency)) return undefined
  return Number((match[1] ?? '') + decimals.padEnd(decimalsOf(currency), '0'))
}
