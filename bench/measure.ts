/** What one line of the table says: the shop's rate as a share of the floor's, or a figure of its own. */
export interface Result {
  name: string
  unit: 'ratio' | 'ms'
  /** The middle of all rounds. */
  value: number
  min: number
  max: number
  goal: number
  aim: number
  /** Ratios are better high, times and growth better low. */
  better: 'high' | 'low'
  /** Both sides in their own unit, for those who want to see them. */
  shop: string
  floor: string
}

export interface Side {
  /** Does some work and returns how many units of it. */
  run(): number | Promise<number>
}

export interface Rounds {
  ratios: number[]
  shop: number[]
  floor: number[]
}

/** Runs both sides in turns, whoever begins changing each round, and returns their rates (units a second). */
export async function takeTurns(
  shop: Side,
  floor: Side,
  rounds: number,
  between: () => void = () => undefined,
): Promise<Rounds> {
  const result: Rounds = { ratios: [], shop: [], floor: [] }
  for (let round = 0; round < rounds; round++) {
    const sides = round % 2 === 0 ? [shop, floor] : [floor, shop]
    between()
    const rates = new Map<Side, number>()
    for (const side of sides) rates.set(side, await rateOf(side))
    const [ours, theirs] = [rates.get(shop) ?? 0, rates.get(floor) ?? 1]
    result.shop.push(ours)
    result.floor.push(theirs)
    result.ratios.push(ours / theirs)
  }
  return result
}

async function rateOf(side: Side): Promise<number> {
  globalThis.gc?.()
  const start = performance.now()
  const units = await side.run()
  return (units / (performance.now() - start)) * 1000
}

/** The value below which `share` (0 to 1) of all values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** A line of the table from rounds of two rates. */
export function ratioResult(
  name: string,
  rounds: Rounds,
  marks: { goal: number; aim: number },
  unit: string,
): Result {
  const spread = { min: Math.min(...rounds.ratios), max: Math.max(...rounds.ratios) }
  const rate = (values: number[]) => `${Math.round(median(values)).toLocaleString('en')} ${unit}`
  return {
    name,
    unit: 'ratio',
    value: median(rounds.ratios),
    ...spread,
    ...marks,
    better: 'high',
    shop: rate(rounds.shop),
    floor: rate(rounds.floor),
  }
}
