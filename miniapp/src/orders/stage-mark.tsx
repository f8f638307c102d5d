import type { Stage } from '../api/orders.ts'
import { Icon } from '../parts/icon.tsx'
import { STAGES } from './stages.ts'
import './stage-mark.css'

/** A stage as colour, icon and word. */
export function StageMark({ stage }: { stage: Stage }) {
  return (
    <span class={`stage-mark stage-${stage}`} data-stage={stage}>
      <Icon name={STAGES[stage].icon} size={16} />
      {STAGES[stage].word}
    </span>
  )
}

/** The icon alone, for a place where the word stands beside it. */
export function StageIcon({ stage }: { stage: Stage }) {
  return (
    <span class={`stage-icon stage-${stage}`}>
      <Icon name={STAGES[stage].icon} />
    </span>
  )
}
