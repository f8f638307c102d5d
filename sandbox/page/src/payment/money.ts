/** "€19.90" for minor units and a currency code; Telegram's Stars are whole. */
export function formatAmount(minor: number, currency: string): string {
  if (currency === 'XTR') return `⭐ ${minor}`
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2
    return format.format(minor / 10 ** digits)
  } catch {
    return `${minor / 100} ${currency}`
  }
}
