const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 600_000

/** Milliseconds until the next try: 1 s doubling to 10 min, a fifth of it at random so that crowds disperse. */
export function backoffMs(attempts: number, random: () => number): number {
  const full = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS)
  return Math.round(full * (0.8 + 0.4 * random()))
}
