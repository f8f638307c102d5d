import { findByRequestKey } from '../../db/events.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM, type Work } from '../work.ts'
import { planForStaff } from './plan.ts'

export interface Trouble {
  /** The same trouble is told once under the same key. */
  key: string
  /** Whether it has begun or is over. */
  type: 'shop_trouble' | 'shop_trouble_over'
  /** `path` is where in the panel there is more about it. */
  data: { reason: string; channel?: string; job?: string; path?: string }
}

/** Tells the owner of something about the shop itself that no customer's order says. */
export function announceTrouble(work: Work, { key, type, data }: Trouble): void {
  if (findByRequestKey(work.tx, key)) return
  const event = { type, actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId: null, data, requestKey: key })
  planForStaff(work, { ...event, id })
}
