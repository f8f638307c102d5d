import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, relative } from 'node:path'
import type { Result } from './measure.ts'

/** Prints what was measured, one line each, with goal, aim and whether they were reached. */
export function printTable(results: readonly Result[]): void {
  const rows = results.map((result) => [
    result.name,
    figure(result, result.value),
    `${figure(result, result.min)}–${figure(result, result.max)}`,
    limit(result, result.goal),
    limit(result, result.aim),
    mark(result),
    result.shop,
    result.floor,
  ])
  const table = [['measured', 'median', 'spread', 'goal', 'aim', '', 'shop', 'floor'], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of table)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

function figure(result: Result, value: number): string {
  return result.unit === 'ms' ? `${value.toFixed(0)} ms` : value.toFixed(2)
}

function limit(result: Result, value: number): string {
  return `${result.better === 'high' ? '≥' : '≤'} ${figure(result, value)}`
}

function reaches(result: Result, value: number): boolean {
  return result.better === 'high' ? result.value >= value : result.value <= value
}

function mark(result: Result): string {
  if (reaches(result, result.aim)) return '✓ aim'
  return reaches(result, result.goal) ? '✓ goal' : '✗'
}

/** Keeps the results with the machine they come from; returns where. */
export function saveResults(results: readonly Result[]): string {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`)
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version }
  const passed = results.map((result) => ({ ...result, reached: mark(result) }))
  writeFileSync(path, `${JSON.stringify({ machine, results: passed }, null, 2)}\n`)
  return relative(process.cwd(), path)
}
