import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import './delivery-card.css'

/** Where it goes. */
export function DeliveryCard({ order }: { order: OrderDetail }) {
  return (
    <section class="section">
      <h2>Delivery</h2>
      <div class="card">
        <div class="line">
          <Icon name={order.handover === 'pickup' ? 'shop' : 'truck'} />
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
