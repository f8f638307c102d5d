import type { Stage } from '../api/orders.ts'
import './progress.css'

const WAY: Stage[] = ['placed', 'accepted', 'packing', 'dispatched', 'delivered']

/** How far an order has come, as a line of five. */
export function Progress({ stage }: { stage: Stage }) {
  if (stage === 'cancelled') return null
  const reached = Math.max(0, WAY.indexOf(stage))
  return (
    <div
      class={`progress stage-${stage}`}
      role="progressbar"
      aria-label="How far the order has come"
      aria-valuemin={1}
      aria-valuemax={WAY.length}
      aria-valuenow={reached + 1}
    >
      {WAY.map((one, i) => (
        <span key={one} class={i <= reached ? 'progress-part progress-done' : 'progress-part'} />
      ))}
    </div>
  )
}
