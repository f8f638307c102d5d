import { customerNotices } from './customer-notices.ts'
import { type EventFacts, isAboutOrder } from './facts.ts'
import type { NoticeMessage } from './message.ts'
import { payerNotice } from './payer-notice.ts'
import { isForStaff, staffNotice } from './staff-notices.ts'

/** What a notice says in the chat; null takes its message away, undefined is a kind there are no words for. */
export function chatMessage(facts: EventFacts): NoticeMessage | null | undefined {
  const { notice } = facts
  if (isForStaff(notice.kind)) return staffNotice(notice.kind, facts)
  return isAboutOrder(facts) ? customerNotices[notice.kind]?.(facts) : payerNotice(facts)
}
