import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { clockTime } from '../time/relative-time.ts'
import { everyMinute } from '../time/shop-clock.ts'
import './delivery-card.css'

const METHODS: Record<OrderDetail['paymentMethod'], string> = {
  cash_on_delivery: 'Cash on delivery',
  bank_transfer: 'Bank transfer',
}

const PAYMENTS: Record<OrderDetail['payment'], string> = {
  pending: 'Not paid yet',
  failed: 'The payment failed',
  expired: 'Not paid in time',
  due_on_delivery: 'To be paid on delivery',
  paid: 'Paid',
  partly_refunded: 'Partly refunded',
  refunded: 'Refunded',
}

/** Where it goes and how it is paid. */
export function DeliveryCard({ order }: { order: OrderDetail }) {
  return (
    <section class="section">
      <h2>Delivery and payment</h2>
      <div class="card">
        <div class="line">
          <Icon name={order.pickup ? 'shop' : 'truck'} />
          <p class="line-words wrap">{order.deliveryMethod}</p>
        </div>
        {order.address && <Address address={order.address} />}
        {order.trackingNumber && (
          <div class="line">
            <Icon name="box" />
            <div class="line-words">
              <p class="small hint">Tracking number</p>
              <p class="strong wrap">{order.trackingNumber}</p>
            </div>
            <CopyButton text={order.trackingNumber} label="Copy the tracking number" />
          </div>
        )}
        <div class="line">
          <Icon name="card" />
          <div class="line-words">
            <p>{METHODS[order.paymentMethod]}</p>
            <p class={`small payment payment-${order.payment}`}>{PAYMENTS[order.payment]}</p>
          </div>
          {order.stage === 'unpaid' && order.expiresAt && <Expiry at={order.expiresAt} />}
        </div>
      </div>
    </section>
  )
}

function Address({ address }: { address: string }) {
  const map = `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(address)}`
  return (
    <div class="line">
      <Icon name="pin" />
      <div class="line-words">
        <p class="wrap">{address}</p>
        <a class="small map-link" href={map} target="_blank" rel="noreferrer">
          Open in Maps
        </a>
      </div>
      <CopyButton text={address} label="Copy the address" />
    </div>
  )
}

function Expiry({ at }: { at: number }) {
  return <p class="small hint">Expires {clockTime(at, everyMinute(), timezone())}</p>
}
