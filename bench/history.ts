import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from './machine.ts'
import type { Result } from './measure.ts'

/** A ratio that fell by more than this share needs a look. */
const WORSE = 0.2
const FILE = join(import.meta.dirname, 'history.jsonl')

/** One full run. */
export interface Run {
  at: string
  commit: string
  machine: Omit<ReturnType<typeof describeMachine>, 'node'>
  node: string
  results: Pick<Result, 'name' | 'unit' | 'value' | 'min' | 'max' | 'better' | 'timesFloor'>[]
}

/** What these results were measured with, as one line of the history. */
export function runOf(results: readonly Result[], now = new Date()): Run {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const isClean = git('status', '--porcelain', '--', 'src', 'bench', 'package-lock.json') === ''
  const { node, ...machine } = describeMachine()
  return {
    at: now.toISOString().slice(0, 16),
    commit: git('rev-parse', '--short', 'HEAD') + (isClean ? '' : '+'),
    machine,
    node,
    results: results.map(({ name, unit, value, min, max, better, timesFloor }) => ({
      name,
      unit,
      value: round(value),
      min: round(min),
      max: round(max),
      better,
      ...(timesFloor !== undefined && { timesFloor: round(timesFloor) }),
    })),
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

export function readHistory(file = FILE): Run[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Run)
}

export function addToHistory(run: Run, file = FILE): void {
  appendFileSync(file, `${JSON.stringify(run)}\n`)
}

/** The newest run on the same kind of machine: ratios of different ones say little about the code. */
export function lastOnSameMachine(history: readonly Run[], { machine }: Run): Run | undefined {
  return history.findLast((run) => JSON.stringify(run.machine) === JSON.stringify(machine))
}

export interface Change {
  /** By which share it became better (above 0) or worse. */
  share: number
  isWorse: boolean
}

/** How a line compares with an earlier run: by its ratio to the floor, so that a slower disk is no worse code. */
export function changeSince(earlier: Run | undefined, result: Run['results'][number]): Change | undefined {
  const before = earlier?.results.find(({ name }) => name === result.name)
  const [was, is] = [before && ratioOf(before), ratioOf(result)]
  if (was === undefined || is === undefined) return undefined
  const factor = result.better === 'high' ? is / was : was / is
  return { share: factor - 1, isWorse: factor < 1 - WORSE }
}

function ratioOf({ unit, value, timesFloor }: Run['results'][number]): number | undefined {
  return unit === 'ratio' ? value : timesFloor
}
