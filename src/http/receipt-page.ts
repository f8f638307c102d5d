import type { LedgerRow } from '../db/ledger.ts'
import type { OrderTaxRow } from '../db/order-taxes.ts'
import type { LineItemRow } from '../db/orders.ts'
import { formatMoney } from '../lib/money.ts'
import { escapeHtml, type TextArgs, type Texts } from '../lib/texts.ts'
import { isDigital } from '../shop/orders/progress.ts'
import type { Receipt } from '../shop/payments/receipt/read-receipt.ts'
import { percent } from '../shop/pricing/price-lines.ts'
import { RECEIPT_STYLE } from './receipt-style.ts'

const SHOWN_OF_REFERENCE = 6
/** Names that the shop itself gave: nobody could find anything by them. */
const OWN_NAME = /^(by-hand|proof|refund|before-the-ledger):/

interface Words {
  language: string
  say(id: string, args?: TextArgs): string
  money(minor: number, currency?: string): string
  date(at: number): string
}

/** A receipt as a page of its own, without scripts, to look at and to print. */
export function receiptPage(receipt: Receipt, texts: Texts): string {
  const { language, shopName, order, dueMinor } = receipt
  const words = wordsOf(receipt, texts)
  const { say, money, date } = words
  const title = say('receipt-title', { number: String(order.id) })
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${escapeHtml(shopName)}</title>
<style>${RECEIPT_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(shopName)}</h1>
<p>${title}</p>
<p>${say('receipt-placed', { date: date(order.placed_at) })}</p>
${order.fulfilment === 'cancelled' ? `<p><strong>${say('receipt-cancelled')}</strong></p>` : ''}
<h2>${say('receipt-goods')}</h2>
<table>
<tbody>
${receipt.items.map((item) => itemLine(item, words)).join('\n')}
</tbody>
<tbody>
${discountLine(receipt, words)}
${isDigital(order) ? '' : line(say('receipt-delivery', { name: order.delivery_method }), money(order.delivery_minor))}
${addedTaxes(receipt, words)}
</tbody>
<tbody>
${line(say('receipt-total'), money(order.total_minor), 'sum')}
${receipt.taxes
  .filter(({ included }) => included === 1)
  .map((tax) => taxLine(tax, words))
  .join('\n')}
</tbody>
</table>
${payments(receipt, words)}
${dueMinor > 0 ? '' : `<p>${say('receipt-nothing-due')}</p>`}
</main>
</body>
</html>
`
}

/** What whoever has a link that is old, or wrong, reads instead of a receipt. */
export function gonePage(sentence: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No receipt</title>
<style>${RECEIPT_STYLE}</style>
</head>
<body><main><p>${sentence}</p></main></body>
</html>
`
}

function wordsOf({ language, timezone, order }: Receipt, texts: Texts): Words {
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone })
  return {
    language,
    say: (id, args) => texts.say(language, id, args),
    money: (minor, currency = order.currency) => formatMoney(minor, currency, language),
    date: (at) => days.format(at),
  }
}

function itemLine(item: LineItemRow, { say, money }: Words): string {
  const name = item.variant_title ? `${item.title} · ${item.variant_title}` : item.title
  const each =
    item.quantity === 1
      ? ''
      : `<small>${say('receipt-each', { price: money(item.unit_price_minor) })}</small>`
  return line(`${item.quantity} × ${escapeHtml(name)}${each}`, money(item.total_minor))
}

function discountLine({ order }: Receipt, { say, money }: Words): string {
  if (order.discount_minor === 0) return ''
  const name = say('receipt-discount', { code: order.discount_code ?? '' })
  return line(name, `−${money(order.discount_minor)}`)
}

function addedTaxes({ taxes, order }: Receipt, words: Words): string {
  if (order.tax_added_minor === 0) return ''
  return taxes
    .filter(({ included }) => included === 0)
    .map((tax) => taxLine(tax, words))
    .join('\n')
}

function taxLine(tax: OrderTaxRow, { say, money, language }: Words): string {
  const rate = percent(tax.basis_points, language)
  const id = tax.included === 1 ? 'receipt-tax-included' : 'receipt-tax-added'
  return line(say(id, { name: tax.name, rate, net: money(tax.net_minor) }), money(tax.tax_minor))
}

function payments({ entries, order, dueMinor }: Receipt, words: Words): string {
  const { say, money } = words
  const lines = entries.map((entry) => entryLine(entry, words, order.currency))
  if (order.waived_minor > 0) lines.push(line(say('receipt-waived'), money(order.waived_minor)))
  if (dueMinor > 0) {
    const id = order.payment_method === 'cash_on_delivery' ? 'receipt-due-on-delivery' : 'receipt-due'
    lines.push(line(say(id), money(dueMinor), 'sum'))
  }
  if (lines.length === 0) return ''
  return `<h2>${say('receipt-payments')}</h2>\n<table>\n${lines.join('\n')}\n</table>`
}

function entryLine(entry: LedgerRow, words: Words, currency: string): string {
  const { say, money, date } = words
  const way = say(`receipt-way-${entry.provider}`)
  const name =
    entry.kind === 'charge'
      ? way
      : say(entry.state === 'done' ? 'receipt-refund' : 'receipt-refund-to_come', { way })
  const tail = tailOf(entry)
  const note = noteOf(entry, words)
  const sign = entry.kind === 'refund' ? '−' : ''
  const worth =
    entry.currency === currency || entry.order_minor === 0
      ? ''
      : `<small>${sign}${money(entry.order_minor)}</small>`
  return line(
    `${name}<small>${date(entry.at)}${tail}</small>${note && `<small>${note}</small>`}`,
    `${sign}${money(entry.amount_minor, entry.currency)}${worth}`,
  )
}

/** Enough of the provider's name for it to be found by, and too little to do anything with. */
function tailOf({ reference }: LedgerRow): string {
  return OWN_NAME.test(reference) ? '' : ` · …${escapeHtml(reference.slice(-SHOWN_OF_REFERENCE))}`
}

/** What is to be known of money that does not simply count. */
function noteOf({ state }: LedgerRow, { say }: Words): string {
  if (state === 'applied' || state === 'done') return ''
  if (state === 'returned') return say('receipt-note-returned')
  if (state === 'kept') return say('receipt-note-kept')
  if (state === 'offered') return say('receipt-note-offered')
  return say(state === 'wanted' || state === 'by_hand' ? 'receipt-note-coming' : 'receipt-note-open')
}

function line(name: string, amount: string, style = ''): string {
  return `<tr${style && ` class="${style}"`}><td>${name}</td><td>${amount}</td></tr>`
}
