import { currentErrand } from '../lib/errand.ts'
import type { Shop } from './work.ts'

/** Notes each event with the errand that led to it, so that its line in the log names what came of it. */
export function noteEvents(shop: Shop): void {
  shop.listen((change) => {
    if (change.kind === 'events') currentErrand()?.events.push(...change.events.map(({ id }) => id))
  })
}
