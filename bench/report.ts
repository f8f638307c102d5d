import { drawChart } from './chart.ts'
import { writePicture, writeSection } from './doc-section.ts'
import { type Change, changeSince, type Run } from './history.ts'
import type { Result } from './measure.ts'

const MARKS = { begin: '<!-- written by npm run bench -- --write -->', end: '<!-- end -->' }
const HEAD = ['measured', 'median', 'spread', 'goal', 'aim', '', 'since last', 'shop', 'floor']

/** Prints what was measured, one line each, with goal and aim and what changed since an earlier run. */
export function printTable(results: readonly Result[], earlier?: Run): void {
  const table = [HEAD, ...results.map((result) => cells(result, earlier))]
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

/** Which ratios are worse by more than a fifth, in words. */
export function verdict(results: readonly Result[], earlier: Run | undefined): string {
  if (!earlier) return 'The first full run on such a machine: there is nothing to compare with.'
  const worse = results.filter((result) => changeSince(earlier, result)?.isWorse)
  const since = `since ${earlier.at} (${earlier.commit})`
  if (worse.length === 0) return `No ratio is worse by more than 20 % ${since}.`
  return [`▼ Worse by more than 20 % ${since}:`, ...worse.map(({ name }) => `  ${name}`)].join('\n')
}

/** Puts the table and a picture of it into the documentation. */
export function writePage(results: readonly Result[], run: Run, earlier: Run | undefined): void {
  const rows = [HEAD, HEAD.map(() => '---'), ...results.map((result) => cells(result, earlier))]
  const { cpu, cores, memoryGb } = run.machine
  const text = [
    `Measured on ${run.at.slice(0, 10)} at ${run.commit} with \`npm run bench\`: ${cores} cores (${cpu.trim()}), ${memoryGb} GB, Node ${run.node}.`,
    rows.map((row) => `| ${row.join(' | ')} |`).join('\n'),
    `![How each line compares with its goal](performance.svg)`,
  ]
  writeSection(MARKS, text.join('\n\n'))
  writePicture('performance.svg', drawChart(results))
}

function cells(result: Result, earlier: Run | undefined): string[] {
  const { name, value, min, max, goal, aim, shop, floor, timesFloor } = result
  const times = timesFloor === undefined ? '' : ` (ours: ${timesFloor.toFixed(1)} ×)`
  return [
    name,
    figure(result, value),
    `${figure(result, min)}–${figure(result, max)}`,
    limit(result, goal),
    limit(result, aim),
    mark(result),
    inWords(changeSince(earlier, result)),
    shop,
    `${floor}${times}`,
  ]
}

function figure({ unit }: Result, value: number): string {
  if (unit === 'ratio') return value.toFixed(2)
  return `${value < 10 && unit === 'ms' ? value.toFixed(1) : value.toFixed(0)} ${unit}`
}

function limit(result: Result, value: number | undefined): string {
  if (value === undefined) return ''
  return `${result.better === 'high' ? '≥' : '≤'} ${figure(result, value)}`
}

function mark(result: Result): string {
  const { goal, aim } = result
  if (goal === undefined) return ''
  if (aim !== undefined && reaches(result, aim)) return '✓ aim'
  return reaches(result, goal) ? '✓ goal' : '✗'
}

function reaches({ better, value }: Result, wanted: number): boolean {
  return better === 'high' ? value >= wanted : value <= wanted
}

function inWords(change: Change | undefined): string {
  if (!change) return ''
  const percent = Math.round(change.share * 100)
  return `${change.isWorse ? '▼ ' : ''}${percent > 0 ? '+' : ''}${percent} %`
}
