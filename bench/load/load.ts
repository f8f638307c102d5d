import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { inFolder } from '../folder.ts'
import { describeMachine } from '../machine.ts'
import { judge, type Line } from './judge.ts'
import type { Progress } from './let-people-come.ts'
import { type LoadOptions, TEN_TIMES_THE_PLAN } from './options.ts'
import { type Load, runLoad } from './run-load.ts'
import { mark, writePage } from './write-page.ts'

// `npm run load`: ten times the plan against the sandbox. Ends with 1 when a target is missed.

const RESULTS = join(import.meta.dirname, '..', 'results')
const MOST_SHOWN = 20

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    orders: { type: 'string' },
    customers: { type: 'string' },
    panels: { type: 'string' },
    seed: { type: 'string' },
    /** Puts the results into docs/performance.md. */
    write: { type: 'boolean', default: false },
  },
})

function readOptions(): LoadOptions {
  const number = (name: 'minutes' | 'orders' | 'customers' | 'panels' | 'seed', usual: number) => {
    const value = Number(values[name] ?? usual)
    if (!(value >= 0)) throw new Error(`--${name} takes a number`)
    return value
  }
  return {
    ...TEN_TIMES_THE_PLAN,
    minutes: number('minutes', TEN_TIMES_THE_PLAN.minutes),
    orders: number('orders', TEN_TIMES_THE_PLAN.orders),
    customers: number('customers', TEN_TIMES_THE_PLAN.customers),
    panels: number('panels', TEN_TIMES_THE_PLAN.panels),
    seed: number('seed', Math.floor(Math.random() * 1_000_000)),
  }
}

function showProgress({ seconds, placed, done, underWay, rss }: Progress): void {
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const words = `${time}  ${placed} orders placed, ${done} delivered, ${underWay} people under way, ${rss.toFixed(0)} MB`
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${words}`)
  else if (seconds % 30 < 5) console.log(words)
}

function printLines(lines: readonly Line[]): void {
  const widths = (['name', 'value', 'target'] as const).map((key) =>
    Math.max(...lines.map((line) => line[key].length)),
  )
  for (const { name, value, target, reached } of lines) {
    const cells = [name, value, target].map((cell, i) => cell.padEnd(widths[i] ?? 0))
    console.log(`${mark(reached).padEnd(1)}  ${cells.join('  ')}`.trimEnd())
  }
}

function printTroubles({ complaints, checked, answers }: Load): void {
  const refused = [...answers.refused].map(([what, count]) => `${count} × ${what}`)
  for (const trouble of [...refused, ...complaints, ...checked.faults, ...answers.unanswered].slice(
    0,
    MOST_SHOWN,
  ))
    console.log(`   ${trouble}`)
}

function saveLoad({ options, busyBefore, samples, placedAt }: Load, lines: readonly Line[]): string {
  mkdirSync(RESULTS, { recursive: true })
  const path = join(RESULTS, `load-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`)
  writeFileSync(
    path,
    `${JSON.stringify({ machine: describeMachine(), busyBefore, options, lines, samples, placedAt }, null, 1)}\n`,
  )
  return relative(process.cwd(), path)
}

const options = readOptions()
await import('../../scripts/build.ts')
console.log(`${options.orders} orders a minute for ${options.minutes} minutes; --seed ${options.seed}`)
const load = await inFolder((folder) => runLoad(folder, options, showProgress))
const lines = judge(load)
console.log('\n')
printLines(lines)
printTroubles(load)
console.log(`\nWritten to ${saveLoad(load, lines)}`)
if (values.write) writePage(load, lines, ['npm run load --', ...process.argv.slice(2)].join(' '))
process.exit(lines.some(({ reached }) => reached === false) ? 1 : 0)
