import type { Stage } from '../api/orders.ts'
import type { IconName } from '../parts/icon.tsx'

/** How a stage looks and what it is called; its colours are in look/tokens.css. */
export const STAGES: Record<Stage, { word: string; icon: IconName }> = {
  placed: { word: 'New', icon: 'bell' },
  unpaid: { word: 'Unpaid', icon: 'clock' },
  accepted: { word: 'To pack', icon: 'clipboard' },
  packing: { word: 'Packing', icon: 'box' },
  dispatched: { word: 'On the way', icon: 'truck' },
  delivered: { word: 'Delivered', icon: 'home' },
  cancelled: { word: 'Cancelled', icon: 'cancelled' },
}

/** In the order in which an order passes through them. */
export const STAGE_NAMES = Object.keys(STAGES) as Stage[]
