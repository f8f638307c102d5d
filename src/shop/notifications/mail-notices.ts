import { unescapeHtml } from '../../lib/texts.ts'
import { readShopName } from '../staff/shop-settings.ts'
import { customerNotices } from './customer-notices.ts'
import { dailySummary } from './daily-summary.ts'
import { type EventFacts, isAboutOrder } from './facts.ts'
import type { MailMessage } from './message.ts'

/** A notice as a mail: the words of the chat, with their first line as the subject. Undefined for other kinds. */
export function mailNotice(facts: EventFacts): MailMessage | undefined {
  const html = htmlOf(facts)
  if (!html) return undefined
  const shopName = readShopName(facts.db)
  const orderId = isAboutOrder(facts) ? facts.order.id : null
  const subject = subjectOf(facts, html, shopName)
  return { subject, html, language: facts.reader.language, shopName, orderId }
}

function htmlOf(facts: EventFacts): string | undefined {
  const { notice, say } = facts
  if (notice.kind === 'staff_daily_summary') return dailySummary(facts)
  if (notice.kind === 'staff_test') return say('staff_test')
  return isAboutOrder(facts) ? customerNotices[notice.kind]?.(facts)?.html : undefined
}

/** "👍 Order #1042 is accepted." reads "Order #1042 is accepted – Fern & Kettle" in an inbox. */
function subjectOf({ notice, say }: EventFacts, html: string, shopName: string): string {
  if (notice.kind === 'staff_test') return unescapeHtml(say('mail-test-subject', { shop: shopName }))
  const [first = ''] = unescapeHtml(html.replace(/<[^>]+>/g, '')).split('\n')
  const words = first.replace(/^[^\p{L}\p{N}#]+/u, '').replace(/[.:!]+$/, '')
  return words ? `${words} – ${shopName}` : shopName
}
