import { refreshKeptCards, reviveUnreached } from '../../db/notices.ts'
import { type PersonRow, setReach } from '../../db/people.ts'
import type { Reach } from '../../db/schema.ts'
import { LANES } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Work } from '../work.ts'

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Stores whether a person can be written to. Somebody who comes back is told what they missed of each order in the last
 * week: its newest notice, which shows how far it is, and its card.
 */
export function changeReach(work: Work, person: Pick<PersonRow, 'id' | 'name' | 'reach'>, now: Reach): void {
  if (!setReach(work.tx, person.id, now) || person.reach === 'unknown') return
  const back = now === 'ok'
  if (back) {
    const { tx, now } = work
    reviveUnreached(tx, { personId: person.id, since: now - WEEK_MS, now })
    refreshKeptCards(tx, { personId: person.id, lane: LANES.refresh, now })
  }
  recordEvent(work, {
    type: back ? 'person_back' : 'person_blocked',
    orderId: null,
    actor: { kind: 'customer', id: person.id, name: person.name, source: 'chat' },
  })
}
