import type { NoticeOverview, ProofSlot } from '../../../src/http/contract/notice-overview.ts'
import { timezone } from '../session/shop.ts'
import { slotName } from './moments.ts'
import { Plot } from './plot.tsx'
import { roundTop } from './plot-scale.ts'

/** One failure among a thousand must still be seen. */
const LEAST = 0.03
const PARTS = ['sent', 'unreachable', 'dead'] as const

/** How many arrived and how many did not, slot by slot. */
export function DeliveryPlot({ overview: { slots, period } }: { overview: NoticeOverview }) {
  const names = slots.map((slot) => slotName(slot.from, period, timezone()))
  const most = Math.max(...slots.map(totalOf))
  const top = roundTop(most)
  const [sent, dead, unreachable] = [sum(slots, 'sent'), sum(slots, 'dead'), sum(slots, 'unreachable')]
  return (
    <Plot
      title="Delivered and failed"
      summary={
        most === 0
          ? 'Nothing has been sent in this time.'
          : `${count(sent)} delivered, ${count(unreachable)} could not be reached, ${count(dead)} given up`
      }
      legend={[
        { is: 'sent', word: 'Delivered' },
        { is: 'unreachable', word: 'Could not be reached' },
        { is: 'dead', word: 'Given up' },
      ]}
      ticks={[0, 0.5, 1].map((y) => ({
        y,
        at: y * top,
        word: top * y === Math.round(top * y) ? count(top * y) : '',
      }))}
      slots={names}
      table={{
        head: ['Time', 'Delivered', 'Could not be reached', 'Given up'],
        rows: slots.flatMap((slot, i) =>
          totalOf(slot) === 0 ? [] : [[names[i] ?? '', ...PARTS.map((part) => count(slot[part]))]],
        ),
      }}
    >
      {slots.map((slot, i) => (
        <Bar key={slot.from} slot={slot} x={i} top={top} />
      ))}
    </Plot>
  )
}

function Bar({ slot, x, top }: { slot: ProofSlot; x: number; top: number }) {
  let y = 1
  return PARTS.map((part) => {
    if (slot[part] === 0) return null
    const height = Math.max(slot[part] / top, LEAST)
    y -= height
    return (
      <rect key={part} class={`plot-${part}`} x={x + 0.12} width={0.76} y={Math.max(y, 0)} height={height} />
    )
  })
}

function totalOf({ sent, dead, unreachable }: ProofSlot): number {
  return sent + dead + unreachable
}

function sum(slots: ProofSlot[], part: (typeof PARTS)[number]): number {
  return slots.reduce((all, slot) => all + slot[part], 0)
}

function count(number: number): string {
  return number.toLocaleString('en')
}
