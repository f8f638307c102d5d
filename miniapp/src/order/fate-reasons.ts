import type { Attempt, Channel, NoticeFate } from '../../../src/http/contract/notice.ts'

const REASONS: [RegExp, string][] = [
  [/bot was blocked/i, 'blocked the bot'],
  [/user is deactivated/i, 'the account is gone'],
  [/can't initiate conversation/i, 'never started the bot'],
  [/chat not found/i, 'there is no chat with them'],
  [/bot was kicked|not a member/i, 'the bot was removed from the group'],
  [/too many requests/i, 'asks for a pause'],
  [/did not answer|no answer|ETIMEDOUT|UND_ERR/i, 'did not answer'],
  [/connection|ECONN|not found under its name/i, 'could not be connected to'],
  [/^401\b|vapid|jwt|sign in/i, 'does not accept the shop’s settings'],
  [/^(404|410)\b|ended this subscription/i, 'the browser has ended its alerts'],
  [/^5\d\d (internal|bad gateway|service|gateway|server)|^50\d\b/i, 'reports a fault of its own'],
  [/no such (user|mailbox)|^550[ -]5\.1\.|not an address/i, 'there is no such address'],
  [/mailbox full|^[45]52\b/i, 'the mailbox is full'],
]

/** What a channel answered, in plain words where there are some. */
export function reasonOf(answer: string): string {
  return REASONS.find(([known]) => known.test(answer))?.[1] ?? answer
}

/** Who takes the messages of a channel. */
const TAKERS: Record<Channel, string> = {
  telegram: 'Telegram',
  push: 'the push service',
  mail: 'the mail server',
}

/** What is told as done by the channel; everything else is told of the person. */
const OF_CHANNEL = /^(asks|did not|could not be connected|does not|reports)/

/** What happened in one try: "Telegram took it", "the push service did not answer", "blocked the bot". */
export function triedWords(
  { outcome, answer }: Pick<Attempt, 'outcome' | 'answer'>,
  channel: Channel,
): string {
  const taker = TAKERS[channel]
  if (outcome === 'sent') return `${taker} took it`
  if (outcome === 'wait') return `${taker} asked for a pause`
  const reason = reasonOf(answer)
  if (OF_CHANNEL.test(reason)) return `${taker} ${reason}`
  if (reason !== answer) return reason
  return outcome === 'final' ? `${taker} refused it` : `${taker} did not take it`
}

/** With a capital letter, where a line begins. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the person must do before anything can reach them there again. */
export function wayBack({ channel, to }: Pick<NoticeFate, 'channel' | 'to'>): string {
  if (channel === 'push') return 'Alerts have to be switched on there again.'
  return to === 'group' ? 'The bot has to be added to the group again.' : 'They have to start the bot again.'
}
