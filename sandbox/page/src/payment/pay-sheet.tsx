import { Icon } from '../look/icon.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { bot, place } from '../world/world.ts'
import { closeInvoice, invoice, type OpenInvoice, payInvoice } from './invoice.ts'
import { formatAmount } from './money.ts'
import './pay-sheet.css'

/** Telegram's payment sheet: what it costs, Pay, and what the shop says to it. */
export function PaySheet() {
  const open = invoice.value
  if (!open?.message.invoice || open.actor.personId !== place.value?.personId) return null
  const { title, description, currency, amount } = open.message.invoice
  return (
    <Dialog sheet title="Checkout" onClose={closeInvoice}>
      <div class="pay">
        <div class="pay-head">
          <b>{title}</b>
          <p class="hint">{description}</p>
          <p class="hint small">{bot.value?.name}</p>
        </div>
        <ul class="pay-items">
          {open.items.map((item) => (
            <li key={item.label}>
              <span>{item.label}</span>
              <span>{formatAmount(item.amount, currency)}</span>
            </li>
          ))}
          <li class="pay-total">
            <span>Total</span>
            <span>{formatAmount(amount, currency)}</span>
          </li>
        </ul>
        <p class="hint small">Sandbox card •••• 4242. No money moves.</p>
        <PayState open={open} label={`Pay ${formatAmount(amount, currency)}`} />
      </div>
    </Dialog>
  )
}

function PayState({ open, label }: { open: OpenInvoice; label: string }) {
  if (open.state === 'paid') {
    return (
      <p class="pay-done" role="status">
        <Icon name="check" />
        Paid
      </p>
    )
  }
  return (
    <>
      {open.state === 'refused' && (
        <p class="pay-error" role="alert">
          <Icon name="alert" size={16} />
          <span>{open.error}</span>
        </p>
      )}
      <button
        type="button"
        class="button"
        disabled={open.state === 'checking'}
        onClick={() => void payInvoice()}
      >
        {open.state === 'checking' ? 'Waiting for the shop…' : open.state === 'refused' ? 'Try again' : label}
      </button>
    </>
  )
}
