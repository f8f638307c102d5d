/** A charge that money can be given back from; all in minor units of the order's currency. */
export interface Source {
  chargeId: number
  leftMinor: number
  /** Its provider gives it back whole or not at all. */
  wholeOnly: boolean
}

export interface Share {
  chargeId: number
  minor: number
}

/**
 * Spreads an amount over the charges of an order, oldest first. Returns undefined when that is not possible: it is more than
 * there is, or charges that only go back whole are in the way.
 */
export function allocateRefund(amountMinor: number, sources: readonly Source[]): Share[] | undefined {
  const parts = sources.filter((source) => !source.wholeOnly)
  const most = parts.reduce((sum, source) => sum + source.leftMinor, 0)
  const wholes = chooseWholes(
    sources.filter((source) => source.wholeOnly),
    amountMinor,
    most,
  )
  if (!wholes) return undefined
  let rest = amountMinor - wholes.reduce((sum, source) => sum + source.leftMinor, 0)
  const shares = sources.map((source) => {
    const minor = source.wholeOnly
      ? Number(wholes.includes(source)) * source.leftMinor
      : Math.min(rest, source.leftMinor)
    if (!source.wholeOnly) rest -= minor
    return { chargeId: source.chargeId, minor }
  })
  return shares.filter((share) => share.minor > 0)
}

/** Whole charges that leave between 0 and `most` of the amount for the others; those that come first if there is a choice. */
function chooseWholes(sources: readonly Source[], amountMinor: number, most: number): Source[] | undefined {
  if (amountMinor < 0) return undefined
  const [first, ...others] = sources
  if (!first) return amountMinor <= most ? [] : undefined
  const withFirst = chooseWholes(others, amountMinor - first.leftMinor, most)
  return withFirst ? [first, ...withFirst] : chooseWholes(others, amountMinor, most)
}
