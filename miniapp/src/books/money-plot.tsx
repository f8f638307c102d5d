import type { Books } from '../../../src/http/contract/money.ts'
import { PROVIDERS } from '../money/ledger-words.ts'
import { formatMoney, shortMoney } from '../money/money.ts'
import { slotName } from '../notices/moments.ts'
import { Plot } from '../notices/plot.tsx'
import { roundTop } from '../notices/plot-scale.ts'
import { timezone } from '../session/shop.ts'
import { shopNow } from '../time/shop-clock.ts'
import { dayOf } from '../time/shop-days.ts'
import { type PlotDay, plotDays, sumByWay } from './day-sums.ts'
import './money-plot.css'

const SHOWN_DAYS = 30
/** An empty plot has a scale of whole amounts, too. */
const LEAST_TOP = 1000
type Way = Books['days'][number]['provider']

/** What came in, day by day, by the way it took. */
export function MoneyPlot({ books: { days, currency } }: { books: Books }) {
  const shown = plotDays(days, { today: dayOf(shopNow(), timezone()), count: SHOWN_DAYS, currency })
  const ways = sumByWay(days.filter((day) => day.currency === currency)).map(({ provider }) => provider)
  const names = shown.map(({ day }) => slotName(Date.parse(`${day}T12:00:00Z`), 'month', 'UTC'))
  const came = shown.reduce((sum, day) => sum + totalOf(day), 0)
  const went = shown.reduce((sum, day) => sum + day.went, 0)
  const top = roundTop(Math.max(...shown.map(totalOf), LEAST_TOP))
  const money = (minor: number) => formatMoney(minor, currency)
  return (
    <Plot
      title="30 days"
      summary={
        came === 0 ? 'No money has come in this time.' : `${money(came)} in, ${money(went)} given back`
      }
      legend={ways.map((way) => ({ is: `way-${way}`, word: PROVIDERS[way] }))}
      ticks={[0, 0.5, 1].map((y) => ({ y, at: y * top, word: shortMoney(y * top, currency) }))}
      slots={names}
      table={{
        head: ['Day', ...ways.map((way) => PROVIDERS[way]), 'Given back'],
        rows: shown.flatMap((day, i) =>
          totalOf(day) + day.went === 0
            ? []
            : [[names[i] ?? '', ...ways.map((way) => money(day.came[way] ?? 0)), money(day.went)]],
        ),
      }}
    >
      {shown.map((day, x) => (
        <Bar key={day.day} day={day} ways={ways} x={x} top={top} />
      ))}
    </Plot>
  )
}

function Bar({ day, ways, x, top }: { day: PlotDay; ways: Way[]; x: number; top: number }) {
  let y = 1
  return ways.map((way) => {
    const height = (day.came[way] ?? 0) / top
    if (height === 0) return null
    y -= height
    return (
      <rect
        key={way}
        class={`plot-way-${way}`}
        x={x + 0.12}
        width={0.76}
        y={Math.max(y, 0)}
        height={height}
      />
    )
  })
}

function totalOf({ came }: PlotDay): number {
  return Object.values(came).reduce((sum, minor) => sum + minor, 0)
}
