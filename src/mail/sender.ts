import { hash } from 'node:crypto'
import { cleanText } from '../lib/clean-text.ts'
import type { Clock } from '../lib/clock.ts'
import { shorten } from '../lib/shorten.ts'
import type { Texts } from '../lib/texts.ts'
import { timeLimit } from '../lib/time-limit.ts'
import type { MailDelivery, Send } from '../shop/notifications/channel.ts'
import { composeMail } from './compose.ts'
import { answerOf, outcomeOf } from './outcome.ts'
import { openTransport } from './transport.ts'

const LIMIT_MS = 15_000
const MAX_SUBJECT = 200

export interface MailSenderParts {
  mail: { smtpUrl: string; from: string }
  clock: Clock
  texts: Texts
  links: {
    /** The address of the shop's chat, once the bot's name is known. */
    chat(): string | undefined
  }
}

/**
 * Makes the function that hands notices to the mail server, each over a connection of its own that ends within 15 s by
 * the clock, and reads from the answer what to do next.
 */
export function createMailSender({ mail, clock, texts, links }: MailSenderParts): Send<MailDelivery> {
  const transport = openTransport(mail.smtpUrl)

  return async (delivery) => {
    const limit = timeLimit(clock, LIMIT_MS)
    try {
      const letter = letterOf(delivery, mail.from, composeMail(texts, delivery.message, links.chat()))
      const date = new Date(clock.now())
      const { response } = await transport.sendMail({ ...letter, date, signal: limit.signal })
      return { kind: 'sent', answer: answerOf(response) }
    } catch (error) {
      return outcomeOf(error)
    } finally {
      limit.end()
    }
  }
}

/** A mail with its head. What people wrote stays on its line there, so that it cannot become a line of its own. */
function letterOf(
  { to, message, noticeId, revision }: MailDelivery,
  from: string,
  content: { text: string; html: string },
) {
  // Shops with a mailbox at the same host have notices of the same number.
  const shop = hash('sha256', from, 'base64url').slice(0, 12)
  const id = (name: string) => `<${name}.${shop}@${from.slice(from.lastIndexOf('@') + 1)}>`
  const thread = message.orderId === null ? undefined : id(`order-${message.orderId}`)
  return {
    ...content,
    from: { name: oneLine(message.shopName), address: from },
    to: { name: oneLine(to.name), address: to.address },
    subject: shorten(oneLine(message.subject), MAX_SUBJECT),
    messageId: id(`notice-${noticeId}-${revision}`),
    // No mail has this id, not even the first: mail programs keep together all that answer the same one.
    ...(thread && { inReplyTo: thread, references: thread }),
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

function oneLine(text: string): string {
  return cleanText(text.replace(/\s+/g, ' '))
}
