/** One line of a Prometheus histogram: how many stayed within `le` seconds, by whatever other labels. */
interface BucketLine {
  metricName?: string | undefined
  labels: Partial<Record<string, string | number>>
  value: number
}

/**
 * The seconds within which a share of all observations of a histogram stayed, and how many there are. As Prometheus does,
 * it takes them as spread evenly inside a bucket; above the last one, that one's limit is all that is known.
 */
export function shareWithin(
  lines: readonly BucketLine[],
  share: number,
): { value: number | null; count: number } {
  const within = new Map<number, number>()
  for (const { metricName, labels, value } of lines) {
    if (!metricName?.endsWith('_bucket')) continue
    const limit = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le)
    within.set(limit, (within.get(limit) ?? 0) + value)
  }
  const count = within.get(Number.POSITIVE_INFINITY) ?? 0
  if (count === 0) return { value: null, count }
  return {
    value: secondsAt(
      [...within].sort(([a], [b]) => a - b),
      count * share,
    ),
    count,
  }
}

function secondsAt(buckets: [limit: number, within: number][], rank: number): number {
  let [lower, below] = [0, 0]
  for (const [limit, within] of buckets) {
    if (within >= rank) {
      if (limit === Number.POSITIVE_INFINITY) return lower
      return lower + (limit - lower) * ((rank - below) / (within - below))
    }
    ;[lower, below] = [limit, within]
  }
  return lower
}
