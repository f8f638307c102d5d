import { writePicture, writeSection } from '../doc-section.ts'
import { describeMachine } from '../machine.ts'
import type { Line } from './judge.ts'
import { drawLoad } from './plot.ts'
import type { Load } from './run-load.ts'

const MARKS = { begin: '<!-- load -->', end: '<!-- /load -->' }

/** Puts the results and their picture into docs/, in place of those of last time. */
export function writePage(load: Load, lines: readonly Line[], command: string): void {
  const section = [...describe(load, command), ...table(lines), '', '![Load](load.svg)']
  writeSection(MARKS, section.join('\n'))
  writePicture('load.svg', drawLoad(load))
}

function describe({ options, busyBefore }: Load, command: string): string[] {
  const { minutes, orders, customers, panels, seed } = options
  const { cores, cpu, memoryGb, node } = describeMachine()
  const date = new Date().toISOString().slice(0, 10)
  return [
    `Measured on ${date}: ${cores} cores (${cpu}), ${memoryGb} GB, Node ${node}; \`${command}\` (seed ${seed}): ${orders} orders a minute for`,
    `${minutes} minutes, ${customers.toLocaleString('en')} customers, ${panels} open panels. The load and the stand-ins ran on the same machine, where`,
    `${busyBefore.toFixed(1)} other programs wanted a core before it began.`,
    '',
  ]
}

function table(lines: readonly Line[]): string[] {
  return [
    '| measured | | target |',
    '|---|---|---|',
    ...lines.map(
      ({ name, value, target, reached }) =>
        `| ${name} | ${value} | ${[target, mark(reached)].join(' ').trim()} |`,
    ),
  ]
}

/** Whether a target was reached, in one sign. */
export function mark(reached: boolean | undefined): string {
  return reached === undefined ? '' : reached ? '✓' : '✗'
}
