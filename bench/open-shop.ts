import { openDatabase } from '../src/db/database.ts'
import { type Clock, systemClock } from '../src/lib/clock.ts'
import { loadTexts } from '../src/lib/texts.ts'
import { type Actor, openShop, type Shop } from '../src/shop/work.ts'

/** A shop on this file, without undo time. */
export function openBenchShop(file: string, clock: Clock = systemClock): Shop {
  return openShop({
    db: openDatabase(file),
    clock,
    texts: loadTexts(),
    settings: { currency: 'EUR', timezone: 'UTC', undoGraceMs: 0, paymentWindowMs: 172_800_000 },
  })
}

export const OWNER: Actor = { kind: 'staff', id: 1, name: 'Person 1', source: 'panel', role: 'owner' }
