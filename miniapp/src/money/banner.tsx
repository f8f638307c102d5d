import type { ComponentChildren } from 'preact'
import { Icon } from '../parts/icon.tsx'
import './banner.css'

interface BannerProps {
  amount: string
  why: string
  /** Which order, which way, when. */
  about?: ComponentChildren
  data: number | string
  /** The choices. */
  children: ComponentChildren
}

/** Money about which somebody must decide. */
export function Banner({ amount, why, about, data, children }: BannerProps) {
  return (
    <section class="matter" aria-label="Money that needs a decision" data-matter={data}>
      <div class="matter-head">
        <Icon name="alert" />
        <div class="line-words">
          <p class="strong">{amount} needs a decision</p>
          <p class="wrap">{why}</p>
          {about && <p class="small matter-about">{about}</p>}
        </div>
      </div>
      <div class="matter-choices">{children}</div>
    </section>
  )
}

/** The order it is about, on a page about many. */
export function OrderLink({ number, customerName }: { number: number; customerName: string | null }) {
  return (
    <>
      <a class="roomy" href={`/app/orders/${number}`}>
        Order #{number}
      </a>
      {customerName && ` · ${customerName}`}
    </>
  )
}
