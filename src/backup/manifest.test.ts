import { expect, it } from 'vitest'
import { manifest } from './manifest.ts'

function withFile(path: string, sha256 = 'a'.repeat(64)) {
  const database = { size: 1, sha256: 'a'.repeat(64), counts: {}, lastOrderAt: null }
  const about = { format: 1, program: '1', schema: 3, madeAt: 1, reason: 'asked', database }
  return manifest.safeParse({ ...about, files: [{ path, size: 1, sha256 }] }).success
}

it('takes no path that leads out of the folders for pictures and receipts', () => {
  for (const path of ['media/a.jpg', 'proofs/a b (1).pdf', 'media/2026/ä..jpg'])
    expect(withFile(path)).toBe(true)
  for (const path of [
    'shop.db',
    '/etc/passwd',
    'media/../shop.db',
    'media/..',
    'media\\..\\x',
    '../media/a.jpg',
  ]) {
    expect(withFile(path), path).toBe(false)
  }
  expect(withFile('media/a.jpg', '../../shop.db')).toBe(false)
})
