import type { MailServer } from '../mail/server.ts'
import type { PushService } from '../push/push-service.ts'
import type { Arrivals } from './arrivals.ts'

/** Shows every push that the push service takes on the lock screen of its device. */
export function showPushes(arrivals: Arrivals, service: Pick<PushService, 'listen'>): void {
  service.listen(({ endpoint, payload }) => {
    const { title, body, tag, silent, navigate } = payload.notification
    arrivals.addPush({ deviceId: endpoint, title, body, tag, silent, navigate })
  })
}

/** Puts every mail that the mail server takes into the mailbox of the person whose address it is. */
export function showMails(
  arrivals: Arrivals,
  server: Pick<MailServer, 'listen'>,
  ownerOf: (address: string) => number | undefined,
): void {
  server.listen(({ from, to, subject, text, html }) => {
    arrivals.addMail({ personId: ownerOf(to), from, to, subject, text, html })
  })
}
