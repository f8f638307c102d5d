import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { addToHistory, changeSince, lastOnSameMachine, type Run, readHistory } from './history.ts'

type Line = Run['results'][number]

function line(value: number, more: Partial<Line> = {}): Line {
  return { name: 'order step', unit: 'ratio', value, min: value, max: value, better: 'high', ...more }
}

function run(more: Partial<Run> = {}): Run {
  const machine = { cpu: 'Abacus 1', cores: 2, memoryGb: 4 }
  return { at: '2026-01-05T09:00', commit: 'a1b2c3d', machine, node: 'v24', results: [line(0.8)], ...more }
}

test.each([
  ['a rate that fell by a fifth', line(0.8), line(0.65), false],
  ['a rate that fell by more', line(0.8), line(0.63), true],
  ['a rate that rose', line(0.8), line(1.6), false],
  ['a growth that rose by a quarter', line(1, { better: 'low' }), line(1.25, { better: 'low' }), false],
  ['a growth that rose by more', line(1, { better: 'low' }), line(1.26, { better: 'low' }), true],
  ['a growth that shrank', line(1, { better: 'low' }), line(0.5, { better: 'low' }), false],
  ['a time on a slower disk', time(10, 2), time(30, 2), false],
  ['a time that is further from the floor', time(10, 2), time(10, 3), true],
])('%s', (_what, before, now, isWorse) => {
  expect(changeSince(run({ results: [before] }), now)?.isWorse).toBe(isWorse)
})

function time(ms: number, timesFloor: number): Line {
  return line(ms, { unit: 'ms', better: 'low', timesFloor })
}

test('what was not measured before, or has no floor, is not judged', () => {
  expect(changeSince(undefined, line(0.8))).toBeUndefined()
  expect(changeSince(run({ results: [] }), line(0.8))).toBeUndefined()
  const alone = line(12, { unit: 'ms', better: 'low' })
  expect(changeSince(run({ results: [alone] }), alone)).toBeUndefined()
})

test('a run is compared with the newest one on the same kind of machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'littleshop-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'history.jsonl')
  expect(readHistory(file)).toEqual([])
  const other = { cpu: 'Abacus 2', cores: 8, memoryGb: 16 }
  for (const [commit, machine] of [
    ['first', undefined],
    ['second', undefined],
    ['elsewhere', other],
  ] as const)
    addToHistory(run({ commit, ...(machine && { machine }) }), file)
  const history = readHistory(file)
  expect(history.map(({ commit }) => commit)).toEqual(['first', 'second', 'elsewhere'])
  expect(lastOnSameMachine(history, run())?.commit).toBe('second')
  expect(lastOnSameMachine(history, run({ machine: { ...other, cores: 4 } }))).toBeUndefined()
})
