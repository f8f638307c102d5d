import type { Result } from './measure.ts'

const ROW = 30
const TOP = 34
const LEFT = 450
const WIDTH = 920
/** Bars end here: what is so much better needs no scale of its own. */
const MOST = 4
const UNIT = (WIDTH - LEFT - 70) / MOST

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .bar { fill: #2da44e } .missed { fill: #cf222e } .plain { fill: #8c959f }
  .line { stroke: #57606a; stroke-dasharray: 4 3 } .aim { stroke: #0969da; stroke-width: 3 } .spread { stroke: #24292f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .bar { fill: #3fb950 } .missed { fill: #f85149 } .line { stroke: #8b949e }
    .aim { stroke: #58a6ff } .spread { stroke: #e6edf3 }
  }`

/** Each line as a bar: how many times better than its goal it is, with the spread of rounds and a tick where its aim is. */
export function drawChart(results: readonly Result[]): string {
  const judged = results.filter(({ goal }) => goal !== undefined)
  const height = TOP + judged.length * ROW + 10
  const goalX = LEFT + UNIT
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="How each figure compares with its goal">
<style>${STYLE}
</style>
<text x="${goalX}" y="18" text-anchor="middle">goal</text>
<text x="${WIDTH - 10}" y="18" text-anchor="end">times better than the goal; blue: aim</text>
${judged.map(drawRow).join('\n')}
<line class="line" x1="${goalX}" y1="24" x2="${goalX}" y2="${height - 6}"/>
</svg>
`
}

function drawRow(result: Result, index: number): string {
  const { name, value, min, max, aim } = result
  const y = TOP + index * ROW
  const middle = y + ROW / 2
  const share = timesBetter(result, value)
  const [from, to] = [timesBetter(result, min), timesBetter(result, max)].sort((a, b) => a - b)
  const marks = [
    `<text x="${LEFT - 10}" y="${middle + 4}" text-anchor="end">${inXml(name)}</text>`,
    `<rect class="${share >= 1 ? 'bar' : 'missed'}" x="${LEFT}" y="${y + 6}" width="${width(share)}" height="${ROW - 12}" rx="2"/>`,
    `<line class="spread" x1="${LEFT + width(from ?? 0)}" y1="${middle}" x2="${LEFT + width(to ?? 0)}" y2="${middle}"/>`,
    `<text x="${WIDTH - 10}" y="${middle + 4}" text-anchor="end">${share.toFixed(1)} ×</text>`,
  ]
  if (aim !== undefined) {
    const x = LEFT + width(timesBetter(result, aim))
    marks.push(`<line class="aim" x1="${x}" y1="${y + 3}" x2="${x}" y2="${y + ROW - 3}"/>`)
  }
  return marks.join('\n')
}

function timesBetter({ better, goal = 1 }: Result, value: number): number {
  return better === 'high' ? value / goal : goal / value
}

function width(share: number): number {
  return Math.round(Math.min(share, MOST) * UNIT)
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
