import type { Attempt, Channel, NoticeFate } from '../../../src/http/contract/notice.ts'
import { plainAnswer } from '../../../src/http/contract/plain-answer.ts'

/** What a channel answered, in plain words where there are some. */
export function reasonOf(answer: string): string {
  return plainAnswer(answer) ?? answer
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
