import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadEnvFile } from 'node:process'
import { parseArgs } from 'node:util'
import { type Database, openDatabase, type Tx } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { ShopError } from '../src/lib/shop-error.ts'
import { describePlan } from '../src/shop/catalogue/import/describe-plan.ts'
import { importCatalogue, previewImport } from '../src/shop/catalogue/import/import-catalogue.ts'
import {
  type ImportPlan,
  type ProductFile,
  readProductFile,
} from '../src/shop/catalogue/import/plan-import.ts'
import { requireCurrency } from '../src/shop/require-currency.ts'

const USAGE = `Usage: npm run import -- products.csv [--apply]

Reads a product export of Shopify and says what it would change. With --apply it does so, a hundred products at a time: the shop
goes on meanwhile. If it is cut short, run it again.

- Products are found by their handle, variants by SKU or option values. A row that cannot be read keeps its product
  out, which then stays as it is; the others are taken.
- The stock in the file becomes what is available; what is set aside for orders is kept on top of it. To leave stock
  alone, delete the column.
- Products missing in the file stay. A variant missing from a product in the file is no longer sold.`

const TRIES = 25
const PAUSE_MS = 10

if (existsSync('.env')) loadEnvFile('.env')
process.exitCode = run(process.argv.slice(2))

/** Returns the exit code: 0 when all rows were taken, 2 when some were refused, 1 when nothing could be done. */
function run(args: string[]): number {
  try {
    const { path, apply } = readArgs(args)
    const { dataDir, currency } = readSettings(process.env)
    const file = readProductFile(readBytes(path), currency)
    const plan = apply ? applyTo(dataDir, file, currency) : previewOf(dataDir, file, currency)
    console.log(`${describePlan(plan, currency)}\n\n${closing(plan, path, apply)}`)
    return plan.refusals.length > 0 ? 2 : 0
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    const { message, details } = error
    const rest = details.isBegun ? 'Not all is done: run it again.' : 'Nothing was changed.'
    console.error(message === USAGE ? USAGE : `${message}\n${rest}`)
    return 1
  }
}

function readArgs(args: string[]): { path: string; apply: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { apply: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [path, ...others] = positionals
    if (path && others.length === 0) return { path, apply: values.apply }
  } catch {
    // An option it does not know is answered with the usage, too.
  }
  throw new ShopError('invalid', USAGE)
}

function readSettings(env: NodeJS.ProcessEnv): { dataDir: string; currency: string } {
  const currency = env.CURRENCY?.trim() || 'EUR'
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new ShopError('invalid', `CURRENCY is “${currency}”; it must be a currency code such as EUR.`)
  }
  return { dataDir: env.DATA_DIR?.trim() || './data', currency }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'There is no such file.' : `The system says ${code ?? error}.`
    throw new ShopError('invalid', `Cannot read ${path}. ${why}`)
  }
}

function previewOf(dataDir: string, file: ProductFile, currency: string): ImportPlan {
  const path = join(dataDir, 'shop.db')
  if (existsSync(path))
    return withDatabase(path, (db) => {
      requireCurrency(db, currency)
      return previewImport(db, file, currency)
    })
  // A shop that has never been started: compare with an empty one, and leave nothing behind.
  const folder = mkdtempSync(join(tmpdir(), 'littleshop-import-'))
  try {
    migrate(join(folder, 'shop.db'))
    return withDatabase(join(folder, 'shop.db'), (db) => previewImport(db, file, currency))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

// No folder lock: importing into a running shop is the usual case. SQLite lets one of the two write at a time.
function applyTo(dataDir: string, file: ProductFile, currency: string): ImportPlan {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'shop.db')
  if (!existsSync(path)) migrate(path)
  return withDatabase(path, (db) => {
    requireCurrency(db, currency)
    const patient = { ...db, write: <T>(work: (tx: Tx) => T) => retried(() => db.write(work)) }
    const pieces = importCatalogue(patient, file, { currency, now: Date.now() })
    return takeAll(pieces)
  })
}

function takeAll(pieces: Generator<void, ImportPlan, void>): ImportPlan {
  let isBegun = false
  try {
    for (let piece = pieces.next(); ; piece = pieces.next()) {
      if (piece.done) return piece.value
      isBegun = true
      giveWay()
    }
  } catch (error) {
    throw error instanceof ShopError ? new ShopError(error.code, error.message, { isBegun }) : error
  }
}

/** SQLite has no queue: whoever asks again at once leaves no gap for the shop. */
function giveWay(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
}

// The running shop writes in bursts of milliseconds; each try waits for it up to the busy timeout.
function retried<T>(work: () => T): T {
  for (let tries = 1; ; tries++) {
    try {
      return work()
    } catch (error) {
      if (tries === TRIES || !(error instanceof ShopError) || error.code !== 'busy') throw error
    }
  }
}

function withDatabase<T>(path: string, work: (db: Database) => T): T {
  const db = openDatabase(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

function closing({ added, changed }: ImportPlan, path: string, apply: boolean): string {
  if (added.length + changed.length === 0) return 'Nothing to change.'
  return apply
    ? `Done: ${added.length} added, ${changed.length} changed.`
    : `Nothing has been changed yet. To do it: npm run import -- ${path} --apply`
}
