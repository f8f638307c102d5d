import type { Reader } from '../../db/database.ts'
import { findDevice, listDevices } from '../../db/devices.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { findPerson } from '../../db/people.ts'
import type { Channel } from '../../db/schema.ts'
import { findStaffGroup } from '../../db/staff-groups.ts'
import type { ShopSettings } from '../work.ts'
import { SETTLED } from './plan.ts'
import { deviceOf, mailOf, telegramOf } from './route.ts'
import { isForStaff } from './staff-notices.ts'

/** Where a notice can be told again: one recipient, or one for each of a person's devices. */
export interface Target {
  channel: Channel
  recipient: string
  personId: number | null
  deviceId: number | null
  groupId: number | null
}

/** Whom the notice's news can go to on this channel: its own recipient, or the same person elsewhere. Empty when nobody. */
export function targetsOn(db: Reader, settings: ShopSettings, notice: NoticeRow, channel: Channel): Target[] {
  if (channel !== 'telegram' && !settings.channels[channel]) return []
  if (channel === notice.channel) return isLive(db, notice) ? [sameTarget(notice)] : []
  const personId = notice.person_id
  // What clears a lock screen has nothing to say anywhere else.
  if (personId === null || notice.kind === SETTLED) return []
  const to = { channel, personId, deviceId: null, groupId: null }
  if (channel === 'telegram') return [{ ...to, recipient: telegramOf(personId) }]
  if (isForStaff(notice.kind) !== (channel === 'push')) return []
  if (channel === 'mail') {
    return findPerson(db, personId)?.email ? [{ ...to, recipient: mailOf(personId) }] : []
  }
  return listDevices(db, personId).map(({ id }) => ({ ...to, recipient: deviceOf(id), deviceId: id }))
}

function sameTarget({ channel, recipient, person_id, device_id, group_id }: NoticeRow): Target {
  return { channel, recipient, personId: person_id, deviceId: device_id, groupId: group_id }
}

function isLive(db: Reader, notice: NoticeRow): boolean {
  if (notice.device_id !== null) return findDevice(db, notice.device_id)?.ended_at === null
  if (notice.group_id !== null) return findStaffGroup(db, notice.group_id)?.ended_at === null
  if (notice.channel !== 'mail' || notice.person_id === null) return true
  return Boolean(findPerson(db, notice.person_id)?.email)
}
