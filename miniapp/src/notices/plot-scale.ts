/** A tick at the side of a plot; `y` is 0 at the bottom and 1 at the top. */
export interface Tick {
  y: number
  at: number
}

const STEPS_MS = [10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000]

/** Delays on a logarithmic scale: a second and a minute are both in sight. */
export function delayScale(most: number): { y: (ms: number) => number; ticks: Tick[] } {
  const top = STEPS_MS.find((step) => step >= Math.max(most, 10_000)) ?? Math.max(most, 10_000)
  const y = (ms: number) => Math.max(Math.log(Math.max(ms, 10) / 10) / Math.log(top / 10), 0)
  const ticks = STEPS_MS.filter((step) => step <= top).map((at) => ({ at, y: y(at) }))
  // Ten of anything lie too near to be told apart.
  return { y, ticks: ticks.filter((tick, i) => i === 0 || tick.y - (ticks[i - 1]?.y ?? 0) > 0.1) }
}

/** A round number not far above `most`, whose half is one, too. */
export function roundTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)))
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= most) ?? most
}

/** Where the labels under a plot stand: the first, the last, and two between them. */
export function labelled(count: number): number[] {
  if (count < 4) return Array.from({ length: count }, (_, i) => i)
  return [0, Math.round((count - 1) / 3), Math.round(((count - 1) * 2) / 3), count - 1]
}
