import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

describe('the pause before a retry', () => {
  it('doubles from a second to ten minutes', () => {
    const pauses = [1, 2, 3, 10, 11, 150].map((attempts) => backoffMs(attempts, () => 0.5))
    expect(pauses).toEqual([1_000, 2_000, 4_000, 512_000, 600_000, 600_000])
  })

  it('is spread by a fifth to either side', () => {
    expect([backoffMs(1, () => 0), backoffMs(1, () => 1)]).toEqual([800, 1_200])
  })
})
