/** From this many on, a product does not need watching. */
const ENOUGH = 5

export interface Stock {
  is: 'out' | 'low' | 'enough'
  words: string
}

/** What can still be sold of something, and whether that is little. */
export function stockOf(available: number): Stock {
  if (available <= 0) return { is: 'out', words: 'Sold out' }
  if (available < ENOUGH) return { is: 'low', words: `Only ${available} left` }
  return { is: 'enough', words: `${available} in stock` }
}
