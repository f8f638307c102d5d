import { findStaffWish } from '../../db/audience.ts'
import type { NoticeRow } from '../../db/notices.ts'
import type { Shop } from '../work.ts'
import { quietHoursOf } from './audience.ts'
import { kindOf, REMINDER } from './plan.ts'
import { quietUntil } from './quiet-hours.ts'
import { TOPIC_NAMES, TOPICS, type Topic } from './topics.ts'

const TOPIC_OF_KIND = new Map<string, Topic>([
  [REMINDER, 'new_order'],
  ...TOPIC_NAMES.map((topic) => [kindOf(topic), topic] as const),
])

/**
 * When the quiet hours end that began for a notice's reader since it was planned, as in an outage; undefined when it may
 * ring. What was planned within them was looked at then.
 */
export function quietSincePlanned({ db, clock, settings }: Shop, notice: NoticeRow): number | undefined {
  const topic = TOPIC_OF_KIND.get(notice.kind)
  const wish = topic && notice.person_id !== null ? findStaffWish(db, notice.person_id) : undefined
  if (!topic || !wish || notice.silent === 1) return undefined
  if (TOPICS[topic].critical && wish.urgent_anyway === 1) return undefined
  const quiet = quietHoursOf(wish, settings.timezone)
  return quietUntil(quiet, notice.planned_at) === undefined ? quietUntil(quiet, clock.now()) : undefined
}
