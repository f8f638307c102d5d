import { expect, it } from 'vitest'
import { bytes } from './bytes.ts'

it('says a size as people read it', () => {
  expect([0, 999, 1_000, 4_249_000, 85_000_000, 1_500_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '4.2 MB',
    '85 MB',
    '1.5 GB',
  ])
})
