import { afterAll, expect, test } from 'vitest'
import { BENCHES } from './benches.ts'
import { removeSharedShops } from './fill.ts'

afterAll(removeSharedShops)

// Nothing is timed here: only that each bench still runs against the shop as it is, and says something.
test.each(Object.entries(BENCHES))('%s runs', async (_name, bench) => {
  const results = await bench('smallest')
  expect(results).not.toEqual([])
  for (const { name, value, min, max } of results) {
    expect({ name, finite: [value, min, max].every(Number.isFinite) }).toEqual({ name, finite: true })
    expect(min).toBeLessThanOrEqual(max)
  }
})
