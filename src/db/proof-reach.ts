import { sql as raw, type SqlBool } from 'kysely'

/**
 * Whether a notice has nobody to go to any more: they blocked the bot, or the device or group has ended. For queries of
 * notices joined with people, devices and staff_groups; null where it has none of them means no.
 */
export const UNREACHABLE = raw<SqlBool>`(
  (notices.channel = 'telegram' and people.reach in ('blocked', 'gone'))
  or devices.ended_at is not null or staff_groups.ended_at is not null)`
