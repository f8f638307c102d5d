import type { Channel, NoticeFate } from '../../../src/http/contract/notice.ts'
import type { IconName } from '../parts/icon.tsx'
import { clockTime, timeLeft } from '../time/relative-time.ts'
import { triedWords } from './fate-reasons.ts'

export const CHANNEL_WORDS: Record<Channel, string> = { telegram: 'Telegram', push: 'push', mail: 'e-mail' }

export interface Fate {
  is: 'told' | 'seen' | 'waiting' | 'retrying' | 'dead' | 'undone' | 'dropped'
  words: string
}

export const FATE_ICONS: Record<Fate['is'], IconName> = {
  told: 'check',
  seen: 'eye',
  waiting: 'clock',
  retrying: 'clock',
  dead: 'alert',
  undone: 'undo',
  dropped: 'close',
}

/** What became of a notice, in words. */
export function fateOf(notice: NoticeFate, now: number, timezone: string): Fate {
  const { state, channel, sentAt, lastError } = notice
  if (state === 'undone') return { is: 'undone', words: 'Taken back, never sent' }
  if (state === 'dead') return { is: 'dead', words: whyDead(notice) }
  const at = sentAt && clockTime(sentAt, now, timezone)
  if (state === 'dropped')
    return { is: 'dropped', words: at ? `Told ${at}, then taken away` : whyNot(lastError) }
  if (state !== 'sent') return underway(notice, now)
  if (notice.openedAt) return { is: 'seen', words: `Opened ${clockTime(notice.openedAt, now, timezone)}` }
  if (notice.shownAt) return { is: 'seen', words: `Shown ${clockTime(notice.shownAt, now, timezone)}` }
  // Only the device can say that it has shown a push.
  if (channel === 'push') return { is: 'told', words: `Handed to push ${at}` }
  return { is: 'told', words: `Told by ${CHANNEL_WORDS[channel]} ${at}` }
}

function underway(notice: NoticeFate, now: number): Fate {
  const { state, attempts, dueAt, sentAt } = notice
  if (state === 'sending') return { is: 'waiting', words: 'Being sent' }
  const left = dueAt > now ? timeLeft(dueAt, now) : undefined
  if (attempts > 0) return { is: 'retrying', words: left ? `Retrying in ${left}` : 'Retrying now' }
  if (!left) return { is: 'waiting', words: sentAt === null ? 'About to be sent' : 'About to be sent again' }
  return { is: 'waiting', words: whyItWaits(notice, left) }
}

function whyItWaits({ channel, to, plannedAt, dueAt, lastError }: NoticeFate, left: string): string {
  if (lastError) return `Waits ${left}: ${triedWords({ outcome: 'wait', answer: lastError }, channel)}`
  if (dueAt > plannedAt) return `Waits ${left} for its turn`
  if (to === 'customer') return `Waits ${left} so that it can be undone`
  return channel === 'push' ? `Waits ${left}, until quiet hours end` : `Waits ${left}`
}

/** Why it never arrived here, and how the person heard of it all the same. */
function whyDead({ channel, lastError, unreachable, toldBy }: NoticeFate): string {
  const end = unreachable ? 'Could not be reached' : 'Given up'
  const why = lastError ? `: ${triedWords({ outcome: 'final', answer: lastError }, channel)}` : ''
  return `${end}${why}${toldBy ? ` – reached by ${CHANNEL_WORDS[toldBy]} instead` : ''}`
}

function whyNot(error: string | null): string {
  return error ? `Not needed: ${error}` : 'Not needed any more'
}

/** The same notices, where each one that died says on which other channel its reader got the news since. */
export function withOtherWays(notices: readonly NoticeFate[]): NoticeFate[] {
  return notices.map((notice) => {
    if (notice.state !== 'dead') return notice
    const other = notices.find(
      (one) => one.channel !== notice.channel && one.sentAt && isSameNews(one, notice),
    )
    return other ? { ...notice, toldBy: other.channel } : notice
  })
}

function isSameNews(a: NoticeFate, b: NoticeFate): boolean {
  return a.eventId === b.eventId && a.kind === b.kind && a.recipient === b.recipient
}
