import type { OrderSummary } from '../../../src/http/contract/order.ts'
import type { Stage } from '../api/orders.ts'
import type { IconName } from '../parts/icon.tsx'

interface StageLook {
  word: string
  icon: IconName
}

/** How a stage looks and what it is called; its colours are in look/tokens.css. */
export const STAGES: Record<Stage, StageLook> = {
  placed: { word: 'New', icon: 'bell' },
  unpaid: { word: 'Unpaid', icon: 'clock' },
  accepted: { word: 'To pack', icon: 'clipboard' },
  packing: { word: 'Packing', icon: 'box' },
  dispatched: { word: 'On the way', icon: 'truck' },
  delivered: { word: 'Delivered', icon: 'home' },
  cancelled: { word: 'Cancelled', icon: 'cancelled' },
}

/** Nothing is on the way to somebody who fetches it, or gets it as a message. */
const OTHERWISE: Partial<Record<OrderSummary['handover'], Partial<Record<Stage, StageLook>>>> = {
  pickup: {
    dispatched: { word: 'Ready for pickup', icon: 'shop' },
    delivered: { word: 'Picked up', icon: 'shop' },
  },
  digital: { dispatched: { word: 'Sent', icon: 'send' } },
}

export type OrderStage = Pick<OrderSummary, 'stage' | 'handover'>

/** How the stage of one order looks and what it is called. */
export function lookOf({ stage, handover }: OrderStage): StageLook {
  return OTHERWISE[handover]?.[stage] ?? STAGES[stage]
}

/** What a stage is called for goods that nobody brings; undefined where the usual word is right. */
export function otherWord(stage: string, handover: OrderSummary['handover']): string | undefined {
  const looks: Partial<Record<string, StageLook>> = OTHERWISE[handover] ?? {}
  return looks[stage]?.word
}

/** In the order in which an order passes through them. */
export const STAGE_NAMES = Object.keys(STAGES) as Stage[]
