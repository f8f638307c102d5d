const FIRST_MS = 500
const MOST_MS = 20_000

/** How long to wait before attempt `attempt` (0 = the first repeat): doubling, capped, and spread so that panels do not all come back at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** attempt)
  return ceiling / 2 + random() * (ceiling / 2)
}
