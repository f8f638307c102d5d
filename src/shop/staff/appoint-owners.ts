import { addPerson, findPersonByTelegramId, findStaff, saveStaff } from '../../db/people.ts'
import { recordEvent } from '../record-event.ts'
import { type Shop, SYSTEM } from '../work.ts'

/** Makes the people with these Telegram ids owners, so that a new shop has somebody who can sign in. */
export function appointOwners(shop: Shop, telegramIds: readonly number[]): void {
  for (const telegramId of telegramIds) {
    shop.write((work) => {
      const known = findPersonByTelegramId(work.tx, telegramId)
      const personId = known?.id ?? addPerson(work.tx, unknownOwner(telegramId, work.now))
      if (findStaff(work.tx, personId)?.role === 'owner') return
      saveStaff(work.tx, { personId, role: 'owner', now: work.now })
      recordEvent(work, {
        type: 'staff_added',
        orderId: null,
        actor: SYSTEM,
        data: { personId, role: 'owner' },
      })
    })
  }
}

function unknownOwner(telegramId: number, now: number) {
  return { telegramId, name: 'Owner', username: null, language: 'en', reach: 'unknown' as const, now }
}
