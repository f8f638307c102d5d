import type { Channel } from '../../../src/http/contract/notice.ts'
import type { NoticeOverview, ProofSlot } from '../../../src/http/contract/notice-overview.ts'
import { timezone } from '../session/shop.ts'
import { CHANNEL_NAMES } from './channel-card.tsx'
import { duration, slotName } from './moments.ts'
import { Plot } from './plot.tsx'
import { delayScale } from './plot-scale.ts'

const CHANNELS: Channel[] = ['telegram', 'push', 'mail']
const TARGET_MS = 5_000

/** How long 95 of 100 messages took at most, channel by channel, against what is promised. */
export function DelayPlot({ overview: { slots, period } }: { overview: NoticeOverview }) {
  const names = slots.map((slot) => slotName(slot.from, period, timezone()))
  const used = CHANNELS.filter((channel) => slots.some((slot) => slot.p95Ms[channel] !== null))
  const most = Math.max(...slots.flatMap((slot) => used.map((channel) => slot.p95Ms[channel] ?? 0)))
  const { y, ticks } = delayScale(most)
  return (
    <Plot
      title="Time to deliver"
      summary={
        used.length === 0 ? 'Nothing has been sent in this time.' : '95 of 100 were there within this time.'
      }
      legend={[
        ...used.map((channel) => ({ is: channel, word: CHANNEL_NAMES[channel] })),
        { is: 'target', word: `Target: under ${TARGET_MS / 1_000} s` },
      ]}
      ticks={ticks.map((tick) => ({ ...tick, word: shortDuration(tick.at) }))}
      slots={names}
      table={{
        head: ['Time', ...used.map((channel) => CHANNEL_NAMES[channel])],
        rows: slots.flatMap((slot, i) => {
          const cells = used.map((channel) => cellOf(slot.p95Ms[channel]))
          return cells.some((cell) => cell !== '–') ? [[names[i] ?? '', ...cells]] : []
        }),
      }}
    >
      <line class="plot-target" x1={0} x2={slots.length} y1={1 - y(TARGET_MS)} y2={1 - y(TARGET_MS)} />
      {used.map((channel) => (
        <path key={channel} class={`plot-${channel}`} d={stepsOf(slots, channel, y)} />
      ))}
    </Plot>
  )
}

/** A level for each slot, joined where one follows another; a slot without messages leaves a gap. */
function stepsOf(slots: ProofSlot[], channel: Channel, y: (ms: number) => number): string {
  return slots
    .map((slot, x) => {
      const ms = slot.p95Ms[channel]
      if (ms === null) return ''
      const joins = x > 0 && slots[x - 1]?.p95Ms[channel] != null
      const level = (1 - y(ms)).toFixed(3)
      return `${joins ? 'L' : 'M'}${x} ${level}H${x + 1}`
    })
    .join('')
}

function cellOf(ms: number | null): string {
  return ms === null ? '–' : duration(ms)
}

function shortDuration(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  if (ms < 60_000) return `${ms / 1_000} s`
  if (ms < 3_600_000) return `${ms / 60_000} min`
  return ms < 24 * 3_600_000 ? `${ms / 3_600_000} h` : `${ms / (24 * 3_600_000)} d`
}
