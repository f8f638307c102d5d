/** How much is measured: all of it, enough for a first look, or just enough to see that a bench still runs. */
export type Size = 'full' | 'quick' | 'smallest'

/** What one line of the table says: how the shop compares with a bare floor, or a figure of its own. */
export interface Result {
  name: string
  unit: 'ratio' | 'ms' | 'MB'
  /** The middle of all rounds. */
  value: number
  min: number
  max: number
  /** What was asked for, and what was hoped for. */
  goal?: number | undefined
  aim?: number | undefined
  /** Rates are better high, times and growth better low. */
  better: 'high' | 'low'
  /** Of a figure of its own: by how much it exceeds the floor's. */
  timesFloor?: number | undefined
  /** Both sides in their own unit, for those who want to see them. */
  shop: string
  floor: string
}

export interface Side {
  /** Does some work and returns how many units of it. */
  run(): number | Promise<number>
}

/** Measures a side once. */
export type Figure = () => number | Promise<number>

export interface Rounds {
  ratios: number[]
  shop: number[]
  floor: number[]
}

/** Measures both sides in turns, whoever begins changing each round. */
export async function inTurns(
  shop: Figure,
  floor: Figure,
  rounds: number,
  between: () => void = () => undefined,
): Promise<Rounds> {
  const result: Rounds = { ratios: [], shop: [], floor: [] }
  for (let round = 0; round < rounds; round++) {
    between()
    const shopFirst = round % 2 === 0
    const first = await quietly(shopFirst ? shop : floor)
    const second = await quietly(shopFirst ? floor : shop)
    const [ours, theirs] = shopFirst ? [first, second] : [second, first]
    result.shop.push(ours)
    result.floor.push(theirs)
    result.ratios.push(ours / theirs)
  }
  return result
}

/** Runs both sides in turns and returns their rates (units a second). */
export function takeTurns(shop: Side, floor: Side, rounds: number, between?: () => void): Promise<Rounds> {
  return inTurns(
    () => rateOf(shop),
    () => rateOf(floor),
    rounds,
    between,
  )
}

function quietly(figure: Figure): number | Promise<number> {
  globalThis.gc?.()
  return figure()
}

async function rateOf(side: Side): Promise<number> {
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

type Marks = Pick<Result, 'goal' | 'aim'>

/** A line of the table from rounds of two rates in this unit. */
export function rateResult(name: string, rounds: Rounds, marks: Marks, unit: string): Result {
  const show = (values: number[]) => `${Math.round(median(values)).toLocaleString('en')} ${unit}`
  return { ...spread(name, rounds.ratios), ...marks, unit: 'ratio', better: 'high', ...both(rounds, show) }
}

/** A line of the table from rounds of two times (ms): how much longer ours is. */
export function timeRatioResult(name: string, rounds: Rounds, marks: Marks): Result {
  const show = (values: number[]) => `${median(values).toPrecision(3)} ms`
  return { ...spread(name, rounds.ratios), ...marks, unit: 'ratio', better: 'low', ...both(rounds, show) }
}

/** A line of the table from rounds of two figures of which ours counts by itself. */
export function figureResult(name: string, rounds: Rounds, unit: 'ms' | 'MB', marks: Marks): Result {
  const show = (values: number[]) => `${median(values).toPrecision(3)} ${unit}`
  return {
    ...spread(name, rounds.shop),
    ...marks,
    unit,
    better: 'low',
    timesFloor: median(rounds.ratios),
    ...both(rounds, show),
  }
}

/** What the middle and the spread of these values are. */
export function spread(name: string, values: number[]) {
  return { name, value: median(values), min: Math.min(...values), max: Math.max(...values) }
}

function both(rounds: Rounds, show: (values: number[]) => string) {
  return { shop: show(rounds.shop), floor: show(rounds.floor) }
}
