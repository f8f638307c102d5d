import { divideDecimal } from './arithmetic.ts'
import { dueOf, type Invoices, type SandboxInvoice } from './invoices.ts'
import type { PullPayments } from './pull-payments.ts'

/** What a button of the checkout page does to the invoice. */
const PRESSES: Record<string, (invoices: Invoices, invoice: SandboxInvoice) => void> = {
  pay(invoices, { id }) {
    invoices.receive(id)
    invoices.confirm(id)
  },
  half(invoices, { id, amount }) {
    invoices.receive(id, divideDecimal(amount, '2'))
    invoices.confirm(id)
  },
  send: (invoices, { id }) => invoices.receive(id),
  confirm: (invoices, { id }) => invoices.confirm(id),
  invalid: (invoices, { id }) => invoices.invalidate(id),
  late(invoices, { id }) {
    invoices.expire(id)
    invoices.receive(id)
    invoices.confirm(id)
  },
}

/** The page behind an invoice's link, on which the demo pays by hand; a press on a button comes first. */
export function checkoutPage(invoices: Invoices, id: string, press: string | undefined): string | undefined {
  const invoice = invoices.find(id)
  if (!invoice) return undefined
  if (press) PRESSES[press]?.(invoices, invoice)
  const isOpen = invoice.status === 'New'
  const buttons = [
    ...(isOpen
      ? [button('pay', 'Pay'), button('half', 'Pay half'), button('send', 'Pay, not yet confirmed')]
      : []),
    ...(isOpen ? [button('late', 'Let it expire, then pay')] : []),
    ...(invoice.status === 'Processing'
      ? [button('confirm', 'Confirm'), button('invalid', 'Never confirm')]
      : []),
    ...(invoice.status === 'Expired' ? [button('pay', 'Pay late')] : []),
  ]
  const due = dueOf(invoice)
  const { currency, status, additionalStatus } = invoice
  const more = additionalStatus === 'None' ? '' : ` (${additionalStatus})`
  const words = `${escapeHtml(String(invoice.metadata.itemDesc ?? ''))}<p>${due} ${escapeHtml(currency)} due<p>${status}${more}`
  const { redirectURL } = invoice.checkout
  const back =
    typeof redirectURL === 'string' ? `<p><a href="${escapeHtml(redirectURL)}">Back to the shop</a>` : ''
  return page('Pay with Bitcoin', `${words}<form method="post">${buttons.join(' ')}</form>${back}`)
}

/** The page on which somebody claims a refund. */
export function claimPage(pulls: PullPayments, id: string, press: string | undefined): string | undefined {
  const pull = pulls.find(id)
  if (!pull) return undefined
  if (press === 'claim' && pulls.payoutsOf(id).length === 0) {
    pulls.claim(id)
    pulls.complete(id)
  }
  const isClaimed = pulls.payoutsOf(id).length > 0
  const body = `${escapeHtml(pull.name)}<p>${pull.amount} ${escapeHtml(pull.currency)}`
  const end = isClaimed ? '<p>Claimed and paid.' : `<form method="post">${button('claim', 'Claim')}</form>`
  return page('Claim your money', body + end)
}

function button(name: string, label: string): string {
  return `<button name="press" value="${name}">${label}</button>`
}

function page(title: string, body: string): string {
  const style =
    'body{font:18px system-ui;margin:3rem auto;max-width:26rem;padding:0 1rem}button{font:inherit;padding:.6rem 1rem;margin:.3rem 0}'
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`
  return `<!doctype html><html lang="en">${head}<style>${style}</style><h1>${title}</h1>${body}</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
