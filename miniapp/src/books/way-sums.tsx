import type { Books } from '../../../src/http/contract/money.ts'
import { PROVIDERS } from '../money/ledger-words.ts'
import { formatMoney } from '../money/money.ts'
import { sumByWay, type WaySum } from './day-sums.ts'

/** What came and went in 30 days, by the way it took. */
export function WaySums({ books: { days, currency } }: { books: Books }) {
  const sums = sumByWay(days)
  if (sums.length === 0) return null
  return (
    <section class="card card-pad way-sums" aria-label="Sums of 30 days">
      <table>
        <thead>
          <tr class="small hint">
            <th scope="col">Way</th>
            <th scope="col">In</th>
            <th scope="col">Given back</th>
          </tr>
        </thead>
        <tbody>
          {sums.map((sum) => (
            <tr key={`${sum.provider} ${sum.currency}`}>
              <th scope="row">
                {PROVIDERS[sum.provider]}
                <span class="small hint">{countWords(sum)}</span>
              </th>
              <td class="strong">{formatMoney(sum.chargedMinor, sum.currency)}</td>
              <td>{sum.refundedMinor > 0 ? formatMoney(sum.refundedMinor, sum.currency) : '–'}</td>
            </tr>
          ))}
        </tbody>
        <Total sums={sums.filter((sum) => sum.currency === currency)} currency={currency} />
      </table>
    </section>
  )
}

function Total({ sums, currency }: { sums: WaySum[]; currency: string }) {
  if (sums.length < 2) return null
  const add = (part: 'chargedMinor' | 'refundedMinor') => sums.reduce((all, sum) => all + sum[part], 0)
  return (
    <tfoot>
      <tr class="strong">
        <th scope="row">Total</th>
        <td>{formatMoney(add('chargedMinor'), currency)}</td>
        <td>{formatMoney(add('refundedMinor'), currency)}</td>
      </tr>
    </tfoot>
  )
}

function countWords({ charges }: WaySum): string {
  return charges === 1 ? '1 payment' : `${charges.toLocaleString('en')} payments`
}
