import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { formatMoney, percentOf } from '../money/money.ts'
import { Picture } from '../parts/picture.tsx'
import './items-card.css'

/** What was ordered, and what it comes to. */
export function ItemsCard({ order }: { order: OrderDetail }) {
  const money = (minor: number) => formatMoney(minor, order.currency)
  return (
    <section class="section">
      <h2>{order.itemCount === 1 ? '1 item' : `${order.itemCount} items`}</h2>
      <div class="card">
        <ul>
          {order.items.map((item, i) => (
            // Two lines may be alike in everything but their place.
            <li class="line item" key={i}>
              <Picture src={item.image} />
              <div class="line-words">
                <p class="strong wrap">{item.title}</p>
                <p class="small hint wrap">
                  {[item.variantTitle, item.sku].filter(Boolean).join(' · ') || money(item.unitPriceMinor)}
                </p>
              </div>
              <div class="item-sum">
                <p class="strong">{money(item.totalMinor)}</p>
                <p class={item.quantity > 1 ? 'item-many small' : 'small hint'}>× {item.quantity}</p>
                {item.restocked > 0 && <p class="small hint">{item.restocked} back</p>}
              </div>
            </li>
          ))}
        </ul>
        <dl class="totals">
          <Total word="Items" sum={money(order.itemsMinor)} />
          {order.discountMinor > 0 && (
            <Total
              word={order.discountCode ? `Code ${order.discountCode}` : 'Discount'}
              sum={`−${money(order.discountMinor)}`}
            />
          )}
          <Total
            word={order.deliveryMethod}
            sum={order.deliveryMinor ? money(order.deliveryMinor) : 'Free'}
          />
          {order.taxes.map(
            (tax) => !tax.included && <Total key={tax.name} word={taxWord(tax)} sum={money(tax.taxMinor)} />,
          )}
          <Total word="Total" sum={money(order.totalMinor)} last />
          {order.taxes.map(
            (tax) =>
              tax.included && (
                <Total key={tax.name} word={`incl. ${taxWord(tax)}`} sum={money(tax.taxMinor)} />
              ),
          )}
        </dl>
      </div>
    </section>
  )
}

function taxWord({ name, basisPoints }: OrderDetail['taxes'][number]): string {
  return `${percentOf(basisPoints)} ${name}`
}

function Total({ word, sum, last = false }: { word: string; sum: string; last?: boolean }) {
  return (
    <div class={last ? 'pair strong' : 'pair hint'}>
      <dt class="wrap">{word}</dt>
      <dd>{sum}</dd>
    </div>
  )
}
