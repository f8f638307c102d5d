const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** A size in powers of a thousand, in the words of the panel: "4.2 MB", "850 kB". */
export function sizeInWords(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1)
  const amount = bytes / 1_000 ** power
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power]}`
}
