import { findStaffWish, saveStaffWish } from '../../src/db/audience.ts'
import type { Tx } from '../../src/db/database.ts'
import { setPersonEmail } from '../../src/db/people.ts'
import { saveStaffGroup } from '../../src/db/staff-groups.ts'
import { CUSTOMERS, STAFF, STAFF_GROUP } from './people.ts'

/** The staff group, somebody's quiet hours and the customers' addresses. The past stays as it was told, in Telegram alone. */
export function fillAlerts(tx: Tx, personIds: Map<number, number>, now: number): void {
  for (const { telegramId, quiet } of STAFF) {
    const wish = findStaffWish(tx, personIds.get(telegramId) ?? 0)
    if (!wish || !quiet) continue
    const { person_id: personId, timezone, urgent_anyway: urgentAnyway, daily_summary: dailySummary } = wish
    saveStaffWish(tx, {
      personId,
      timezone,
      quietFrom: quiet.from,
      quietTo: quiet.to,
      urgentAnyway,
      dailySummary,
    })
  }
  for (const { telegramId, email } of CUSTOMERS) {
    if (email) setPersonEmail(tx, personIds.get(telegramId) ?? 0, email)
  }
  const addedBy = personIds.get(STAFF[0]?.telegramId ?? 0) ?? 0
  saveStaffGroup(tx, { chatId: STAFF_GROUP.id, threadId: 0, title: STAFF_GROUP.title, addedBy, now })
}
