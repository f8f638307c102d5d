import type { Texts } from '../lib/texts.ts'
import type { MailMessage } from '../shop/notifications/message.ts'
import { toMailHtml, toPlainText } from './format.ts'
import { mailPage } from './page.ts'

/** Writes a notice as a mail, once as text and once as HTML. `chat` is the address of the shop's chat, where it is known. */
export function composeMail(
  texts: Texts,
  message: MailMessage,
  chat: string | undefined,
): { text: string; html: string } {
  const { language, subject, shopName, orderId } = message
  // Mails about orders go to customers, all others to staff.
  const why = orderId === null ? 'mail-footer-staff' : 'mail-footer'
  const open = chat ? texts.say(language, 'mail-open-chat', { chat }) : ''
  const footer = [texts.say(language, why, { shop: shopName }), open].filter(Boolean).join('\n')
  return {
    text: `${toPlainText(message.html)}\n\n-- \n${toPlainText(footer)}\n`,
    html: mailPage({
      language,
      subject,
      shopName,
      body: toMailHtml(message.html),
      footer: toMailHtml(footer),
    }),
  }
}
