import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import './customer-card.css'

/** Who ordered, and every way to reach them. */
export function CustomerCard({ order }: { order: OrderDetail }) {
  const { customer, phone } = order
  return (
    <section class="section">
      <h2>Customer</h2>
      <div class="card">
        <div class="line">
          <Icon name="person" />
          <div class="line-words">
            <p class="strong wrap">{customer.name}</p>
            <Reach reach={customer.reach} />
          </div>
        </div>
        {customer.username && (
          <a class="line" href={`https://t.me/${customer.username}`} target="_blank" rel="noreferrer">
            <Icon name="send" />
            <span class="line-words customer-link">@{customer.username}</span>
            <Icon name="next" />
          </a>
        )}
        {phone && (
          <div class="line">
            <Icon name="phone" />
            <a class="line-words customer-link wrap" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
              {phone}
            </a>
            <CopyButton text={phone} label="Copy the phone number" />
          </div>
        )}
      </div>
    </section>
  )
}

const OUT_OF_REACH = {
  blocked: 'Cannot be reached: blocked the bot',
  gone: 'Cannot be reached: the account is gone',
} as const

function Reach({ reach }: { reach: OrderDetail['customer']['reach'] }) {
  if (reach !== 'blocked' && reach !== 'gone') return null
  return (
    <p class="customer-blocked small">
      <Icon name="blocked" size={16} />
      {OUT_OF_REACH[reach]}
    </p>
  )
}
