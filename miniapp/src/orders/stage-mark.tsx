import type { Stage } from '../api/orders.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { lookOf, type OrderStage, STAGES } from './stages.ts'
import './stage-mark.css'

/** An order's stage as colour, icon and word. */
export function StageMark({ order }: { order: OrderStage }) {
  const { stage } = order
  const { word, icon } = lookOf(order)
  return (
    <span class={`stage-mark stage-${stage}`} data-stage={stage}>
      <Icon name={icon} size={16} />
      {word}
    </span>
  )
}

/** The icon alone, for a place where the word stands beside it. */
export function StageIcon({ stage, icon = STAGES[stage].icon }: { stage: Stage; icon?: IconName }) {
  return (
    <span class={`stage-icon stage-${stage}`}>
      <Icon name={icon} />
    </span>
  )
}
