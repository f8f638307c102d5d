import { quantile } from '../measure.ts'
import type { Load } from './run-load.ts'

const WIDTH = 760
const HEIGHT = 460
const LEFT = 60
const RIGHT = 700
/** Top and bottom of the picture of time. */
const OVER_TIME = { top: 50, bottom: 230 }
const BARS_TOP = 300
const BAR_STEP = 26
const LABELS = 170
/** Bars begin at a millisecond and end at ten seconds, each decade as wide as the others. */
const DECADES = 4
const COLOURS = { memory: '#1f6feb', orders: '#bf8700', p50: '#1f6feb', p95: '#7aa7f0', p99: '#cfe0fa' }

/** Memory and orders over time, and below how long people waited: a picture for the docs. */
export function drawLoad(load: Load): string {
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...drawTime(load),
    ...drawWaits([
      ['bot: first answer', load.answers.chat],
      ['API: reads', load.api.read],
      ['API: writes', load.api.write],
      ['push: at the service', load.checked.delays.push],
      ['live: on each panel', load.live],
    ]),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Memory and orders over time, and how long people waited" font-family="sans-serif" font-size="12">${parts.join('\n')}</svg>\n`
}

function drawTime({ samples, placedAt }: Load): string[] {
  const end = Math.max(...samples.map(({ at }) => at), 1)
  const mostMb = Math.ceil(Math.max(...samples.map(({ rss }) => rss), 1) / 50) * 50
  const x = (at: number) => LEFT + (Math.min(at, end) / end) * (RIGHT - LEFT)
  const y = (share: number) => OVER_TIME.bottom - share * (OVER_TIME.bottom - OVER_TIME.top)
  const memory = samples.map(({ at, rss }) => `${x(at).toFixed(1)},${y(rss / mostMb).toFixed(1)}`)
  const orders = placedAt
    .toSorted((a, b) => a - b)
    .map((at, i) => `${x(at).toFixed(1)},${y((i + 1) / placedAt.length).toFixed(1)}`)
  const minutes = Array.from({ length: Math.floor(end / 60_000) + 1 }, (_, i) => i)
  return [
    text(LEFT, 30, `resident memory, MB (up to ${mostMb})`, COLOURS.memory),
    text(RIGHT, 30, `orders placed (${placedAt.length})`, COLOURS.orders, 'end'),
    ...[0, 0.5, 1].flatMap((share) => [
      rule(LEFT, y(share), RIGHT, y(share)),
      text(LEFT - 6, y(share) + 4, String(mostMb * share), '#555', 'end'),
    ]),
    ...minutes.map((minute) =>
      text(x(minute * 60_000), OVER_TIME.bottom + 18, `${minute} min`, '#555', 'middle'),
    ),
    line(memory, COLOURS.memory),
    line(orders, COLOURS.orders),
  ]
}

function drawWaits(waits: [name: string, times: readonly number[]][]): string[] {
  const x = (ms: number) =>
    LABELS + (Math.log10(Math.min(Math.max(ms, 1), 10 ** DECADES)) / DECADES) * (RIGHT - LABELS)
  const bottom = BARS_TOP + waits.length * BAR_STEP
  const bars = waits.flatMap(([name, times], i) => {
    const top = BARS_TOP + i * BAR_STEP
    const bar = (share: number, colour: string) =>
      `<rect x="${LABELS}" y="${top}" width="${Math.max(1, x(quantile(times, share)) - LABELS).toFixed(1)}" height="16" fill="${colour}"/>`
    return [
      text(LABELS - 8, top + 12, name, '#222', 'end'),
      bar(0.99, COLOURS.p99),
      bar(0.95, COLOURS.p95),
      bar(0.5, COLOURS.p50),
    ]
  })
  const ticks = Array.from({ length: DECADES + 1 }, (_, i) => 10 ** i)
  return [
    text(LABELS, BARS_TOP - 14, 'how long it took: half, 95 % and 99 % of all', '#222'),
    ...bars,
    ...ticks.flatMap((tick) => [
      rule(x(tick), BARS_TOP - 4, x(tick), bottom),
      text(x(tick), bottom + 16, tick < 1000 ? `${tick} ms` : `${tick / 1000} s`, '#555', 'middle'),
    ]),
  ]
}

function text(x: number, y: number, words: string, colour: string, anchor = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${colour}" text-anchor="${anchor}">${words}</text>`
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)} L${x2.toFixed(1)} ${y2.toFixed(1)}" stroke="#ddd"/>`
}

function line(points: readonly string[], colour: string): string {
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`
}
