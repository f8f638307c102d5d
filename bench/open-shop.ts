import { openDatabase, type QueryTimes } from '../src/db/database.ts'
import { type Clock, systemClock } from '../src/lib/clock.ts'
import { loadTexts } from '../src/lib/texts.ts'
import { providersByHand, providersOf } from '../src/shop/payments/provider.ts'
import { type Actor, openShop, type Shop } from '../src/shop/work.ts'

/** A shop on this file, without undo time. */
export function openBenchShop(file: string, clock: Clock = systemClock, times?: QueryTimes): Shop {
  return openShop({
    db: openDatabase(file, times),
    clock,
    texts: loadTexts(),
    settings: {
      currency: 'EUR',
      timezone: 'UTC',
      undoGraceMs: 0,
      channels: { push: true, mail: false },
    },
    providers: providersOf(...providersByHand(172_800_000)),
  })
}

export const OWNER: Actor = { kind: 'staff', id: 1, name: 'Person 1', source: 'panel', role: 'owner' }
