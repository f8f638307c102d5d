/** A source of chance that gives the same numbers for the same seed. */
export interface Chance {
  /** A number from 0 up to below 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** Whether something with this likelihood (0 to 1) happens. */
  happens(likelihood: number): boolean
  pick<T>(items: readonly T[]): T
  /** Any of the items, the first ones more often: with a skew of 3, half of all picks fall into the first eighth. */
  pickSkewed<T>(items: readonly T[], skew?: number): T
}

/** Chance by the mulberry32 generator. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  function at<T>(items: readonly T[], share: number): T {
    const item = items[Math.floor(share * items.length)]
    if (item === undefined) throw new Error('cannot pick from nothing')
    return item
  }

  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    happens: (likelihood) => next() < likelihood,
    pick: (items) => at(items, next()),
    pickSkewed: (items, skew = 3) => at(items, next() ** skew),
  }
}
