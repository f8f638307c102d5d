import { outboxDepth } from '../../db/depths.ts'
import { listDevicesOfOtherKey } from '../../db/devices.ts'
import type { Shop, Work } from '../work.ts'
import { announceTrouble } from './announce-trouble.ts'

/**
 * Tells the owner, at the start, of channels that are set up no more though somebody counts on them: what waits for one is
 * dropped, each notice with its reason, and nothing new is planned.
 */
export function tellOfClosedChannels(shop: Shop): void {
  const { push, mail } = shop.settings.channels
  if (!push) shop.write(tellOfPush)
  if (!mail) shop.write(tellOfMail)
}

/** Once for these devices; they are kept, for the day on which the keys are back. */
function tellOfPush(work: Work): void {
  const devices = listDevicesOfOtherKey(work.tx, '')
  if (devices.length === 0) return
  const key = `trouble:push:closed:${Math.max(...devices.map(({ id }) => id))}`
  const reason = `Web push is switched off (VAPID_… is not set), and no device of staff (${devices.length}) gets alerts any more. Whoever has switched the bot's messages off hears nothing.`
  announceTrouble(work, { key, type: 'shop_trouble', data: { reason, channel: 'push' } })
}

function tellOfMail(work: Work): void {
  const { waiting } = outboxDepth(work.tx, 'mail', work.now)
  if (waiting === 0) return
  const key = `trouble:mail:closed:${work.now}`
  const reason = `E-mail is switched off (SMTP_URL is not set), and mails that were waiting (${waiting}) are not sent. What orders had to say has been said in the chat.`
  announceTrouble(work, { key, type: 'shop_trouble', data: { reason, channel: 'mail' } })
}
