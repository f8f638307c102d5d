import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importAll } from '../../../../tests/import-all.ts'
import { readExcerpt } from '../../../db/catalogue-import.ts'
import { type Database, openDatabase } from '../../../db/database.ts'
import { migrate } from '../../../db/migrate.ts'
import { ShopError } from '../../../lib/shop-error.ts'
import { describePlan } from './describe-plan.ts'
import { previewImport } from './import-catalogue.ts'
import { readProductFile } from './plan-import.ts'

const FIXTURE = readFileSync(join(import.meta.dirname, 'fixtures', 'shopify-2021.csv'))
const HANDLES = ['stoneware-mug', 'huila-beans', 'winter-candle', 'old-poster']
const SNIPPETS = [
  '"',
  ',',
  '\n',
  '""',
  '\r',
  ';',
  '<ul><li>',
  '&#0;',
  '-1',
  '1e9',
  '\u202e',
  '🙂',
  "'",
  '\t',
  'null',
]

let folder: string
let db: Database

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'))
  migrate(join(folder, 'shop.db'))
  db = openDatabase(join(folder, 'shop.db'))
  importAll(db, readProductFile(FIXTURE, 'EUR'), { currency: 'EUR', now: 1 })
})

afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

/** A small repeatable source of chance: numbers from 0 up to below 1. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function refusedPolitely(work: () => void): boolean {
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof ShopError && /^This file cannot be read/.test(error.message)) return true
    throw error
  }
}

test('bytes at random are refused in words and change nothing', () => {
  const before = readExcerpt(db, { handles: HANDLES, skus: [] })
  for (let seed = 1; seed <= 400; seed++) {
    const next = chance(seed)
    const bytes = Uint8Array.from({ length: next() * 2000 }, () =>
      seed % 2 ? next() * 256 : 32 + next() * 96,
    )
    const refused = refusedPolitely(() => {
      importAll(db, readProductFile(bytes, 'EUR'), { currency: 'EUR', now: 2 })
    })
    expect(refused).toBe(true)
  }
  expect(readExcerpt(db, { handles: HANDLES, skus: [] })).toEqual(before)
})

test('an export with damage at random is read, row by row, or refused in words', () => {
  const text = FIXTURE.toString()
  for (let seed = 1; seed <= 400; seed++) {
    const next = chance(seed)
    let damaged = text
    for (let wounds = 0; wounds < 1 + next() * 6; wounds++) {
      const at = Math.floor(next() * damaged.length)
      const snippet = SNIPPETS[Math.floor(next() * SNIPPETS.length)] ?? ''
      damaged = damaged.slice(0, at) + snippet + damaged.slice(at + Math.floor(next() * 20))
    }
    refusedPolitely(() => {
      const file = readProductFile(Buffer.from(damaged), 'EUR')
      const plan = importAll(db, file, { currency: 'EUR', now: seed })
      describePlan(plan, 'EUR')
      const again = previewImport(db, file, 'EUR')
      expect([again.added, again.changed]).toEqual([[], []])
    })
  }
})
