const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** A size in powers of a thousand, as disks are sold: "4.2 MB", "850 kB". */
export function bytes(count: number): string {
  const power = count < 1 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), UNITS.length - 1)
  const amount = count / 1_000 ** power
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power]}`
}
