import { quantile } from '../measure.ts'
import type { Load } from './run-load.ts'
import type { Sample } from './watch-process.ts'

/** A line of the table. Without a target it only says how things stand. */
export interface Line {
  name: string
  value: string
  target: string
  reached: boolean | undefined
}

/**
 * Memory rises until garbage is collected, and falls by a third then: what grows shows in the peaks. Those of the second
 * half may be that much higher than those of the first to count as flat.
 */
const FLAT = 1.1

const whole = (value: number) => value.toLocaleString('en')
const ms = (value: number) =>
  value < 10_000 ? `${whole(Math.round(value))} ms` : `${(value / 1000).toFixed(1)} s`

/** What was promised beside what came of it. */
export function judge(load: Load): Line[] {
  const { checked, answers, api, live, samples } = load
  const each = Math.max(1, checked.orders)
  return [
    count('orders placed, paid and delivered', load.lives.length, load.wanted),
    count('notices that reached customer, device or group', checked.reached.got, checked.reached.wanted),
    none('lost, done twice, or counted wrong in the file', checked.faults.length),
    none('failures and complaints on the way', load.complaints.length),
    none('presses and messages without an answer', answers.unanswered.length),
    none('answers of Telegram: too many requests', load.floods),
    none('changes that a panel missed', load.unseen),
    within('bot: an update is handed out → the first answer', answers.chat, 0.99, 2_000),
    within('bot: a payment is asked about → the answer', answers.payment, 1, 10_000),
    within('API: reads', api.read, 0.95, 200),
    within('API: writes', api.write, 0.95, 200),
    within('push: due → at the push service', checked.delays.push, 0.99, 5_000),
    within('customer: due → in the chat', checked.delays.customers, 0.95, 5_000),
    within('staff: due → in their chat', checked.delays.staff, 0.95, 5_000),
    within('staff group: due → in the group, together', checked.delays.group, 0.95, undefined),
    within('live: a change → on each panel', live, 0.99, 1_000),
    memory(samples),
    {
      name: 'share of one core',
      value: `${(meanCpu(samples) * 100).toFixed(0)} %`,
      target: '',
      reached: undefined,
    },
    figure('messages and edits in Telegram, for each order', (answers.said / each).toFixed(1)),
    figure('the file grew, for each order', `${(load.grownBytes / 1024 / each).toFixed(1)} KB`),
    figure(
      'of which updates, which are cleared after a while',
      `${((checked.sizes.get('updates') ?? 0) / 1024 / each).toFixed(1)} KB`,
    ),
  ]
}

function count(name: string, got: number, wanted: number): Line {
  return { name, value: whole(got), target: `= ${whole(wanted)}`, reached: got === wanted }
}

function figure(name: string, value: string): Line {
  return { name, value, target: '', reached: undefined }
}

function none(name: string, got: number): Line {
  return count(name, got, 0)
}

/** `share` is the percentile that is held against the limit; 1 is the slowest of all. */
function within(name: string, times: readonly number[], share: number, limit: number | undefined): Line {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((one) => ms(quantile(times, one)))
  const value = `p50 ${p50}, p95 ${p95}, p99 ${p99}, slowest ${ms(quantile(times, 1))} (${whole(times.length)})`
  if (limit === undefined) return figure(name, value)
  const word = share === 1 ? 'slowest' : `p${share * 100}`
  return { name, value, target: `${word} < ${ms(limit)}`, reached: quantile(times, share) < limit }
}

function memory(samples: readonly Sample[]): Line {
  const middle = Math.floor(samples.length / 2)
  const [first, second] = [samples.slice(0, middle), samples.slice(middle)].map(peak)
  return {
    name: 'resident memory, at most',
    value: `${first?.toFixed(0)} MB in the first half, ${second?.toFixed(0)} MB in the second`,
    target: `≤ ${FLAT} × the first`,
    reached: (second ?? 0) <= FLAT * (first ?? 0),
  }
}

function peak(samples: readonly Sample[]): number {
  return Math.max(...samples.map(({ rss }) => rss), 0)
}

function meanCpu(samples: readonly Sample[]): number {
  return samples.reduce((sum, { cpu }) => sum + cpu, 0) / Math.max(1, samples.length)
}
