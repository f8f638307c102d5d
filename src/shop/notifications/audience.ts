import { type ChoiceRow, readAudienceRows, type StaffWishRow } from '../../db/audience.ts'
import type { Work } from '../work.ts'
import type { QuietHours } from './quiet-hours.ts'
import type { Audience, Member } from './route.ts'

/** Reads everybody whom staff notices can go to, with what they wish. */
export function readAudience(work: Pick<Work, 'tx' | 'settings'>): Audience {
  const rows = readAudienceRows(work.tx)
  const push = work.settings.channels.push
  const members = rows.members.map(
    (row): Member => ({
      personId: row.person_id,
      role: row.role,
      choices: choicesOf(row.person_id, rows.choices),
      quiet: quietHoursOf(row, work.settings.timezone),
      urgentAnyway: row.urgent_anyway === 1,
      devices: push ? rows.devices.filter((one) => one.person_id === row.person_id).map((one) => one.id) : [],
    }),
  )
  return { members, groups: rows.groups.map((group) => group.id) }
}

function choicesOf(personId: number, choices: ChoiceRow[]): Map<string, boolean> {
  const own = choices.filter((choice) => choice.person_id === personId)
  return new Map(own.map((choice) => [`${choice.topic}:${choice.channel}`, choice.wanted === 1]))
}

/** A person's quiet hours, in their own time zone or else the shop's. */
export function quietHoursOf(row: StaffWishRow, shopTimezone: string): QuietHours | null {
  if (row.quiet_from === null || row.quiet_to === null) return null
  return { from: row.quiet_from, to: row.quiet_to, timezone: row.timezone ?? shopTimezone }
}
