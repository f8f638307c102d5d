import { shorten } from '../lib/shorten.ts'
import type { PushMessage } from '../shop/notifications/message.ts'
import type { PushPayload } from '../shop/notifications/push-payload.ts'

// Push services promise 4096 bytes encrypted, Firefox on Android not even 3 kB.
const MAX_BYTES = 2_048

/** How much of a message is left, in UTF-16 units. */
interface Cut {
  body: number
  title: number
  action: boolean
}

const CUTS: Cut[] = [
  { body: 1_000, title: 200, action: true },
  { body: 300, title: 200, action: true },
  { body: 100, title: 100, action: true },
  { body: 100, title: 100, action: false },
]
const SMALLEST: Cut = { body: 0, title: 50, action: false }

export interface PayloadSettings {
  publicUrl: string
  receipt: string
}

/** The message as JSON of 2 kB at most: a body too long is shortened, then the action goes, then the body. */
export function makePayload(message: PushMessage, settings: PayloadSettings): string {
  const fitting = CUTS.map((cut) => write(message, settings, cut)).find(fits)
  return fitting ?? smallestPayload(message, settings)
}

/** The message as short as it can be, for a push service that finds the usual one too large. */
export function smallestPayload(message: PushMessage, settings: PayloadSettings): string {
  const text = write(message, settings, SMALLEST)
  // Only a path or a tag that nobody would make on purpose can still be too long.
  return fits(text) ? text : write({ ...message, path: '', tag: '' }, settings, SMALLEST)
}

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= MAX_BYTES
}

function write(message: PushMessage, { publicUrl, receipt }: PayloadSettings, cut: Cut): string {
  const { noticeId, kind, title, body, language, path, tag, silent, badge, action } = message
  const payload: PushPayload = {
    web_push: 8030,
    notification: {
      title: shorten(title, cut.title),
      body: cut.body > 0 ? shorten(body, cut.body) : '',
      navigate: `${publicUrl}/app${path}`,
      lang: language,
      dir: 'auto',
      silent,
      tag,
      app_badge: String(badge),
    },
    app_badge: badge,
    kind,
    notice: { id: noticeId, receipt },
    ...(action && cut.action && { action }),
  }
  return JSON.stringify(payload)
}
