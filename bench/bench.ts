import { parseArgs } from 'node:util'
import { BENCHES } from './benches.ts'
import { addToHistory, lastOnSameMachine, readHistory, runOf } from './history.ts'
import type { Result, Size } from './measure.ts'
import { printTable, verdict, writePage } from './report.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const names = values.only ? [values.only] : Object.keys(BENCHES)
const isWhole = !values.only && !values.quick
if (values.write && !isWhole) throw new Error('--write is for a whole run: leave out --only and --quick')

const results = await measure(names, values.quick ? 'quick' : 'full')
const run = runOf(results)
const earlier = lastOnSameMachine(readHistory(), run)
console.log()
printTable(results, earlier)
if (isWhole) {
  console.log(`\n${verdict(results, earlier)}`)
  addToHistory(run)
  console.log('Added to bench/history.jsonl')
}
if (values.write) {
  writePage(results, run, earlier)
  console.log('Written to docs/performance.md and docs/performance.svg')
}

/** Runs one bench after the other and says meanwhile how far it is. */
async function measure(chosen: string[], size: Size): Promise<Result[]> {
  const all: Result[] = []
  for (const [i, name] of chosen.entries()) {
    const bench = BENCHES[name]
    if (!bench) throw new Error(`--only takes one of ${Object.keys(BENCHES).join(', ')}`)
    const start = performance.now()
    process.stdout.write(`${String(i + 1).padStart(2)}/${chosen.length} ${name} … `)
    const results = await bench(size)
    const medians = results.map(({ value }) => value.toPrecision(3)).join(', ')
    console.log(`${medians} (${((performance.now() - start) / 1000).toFixed(0)} s)`)
    all.push(...results)
  }
  return all
}
