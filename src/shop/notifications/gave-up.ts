import { plainAnswer } from '../../lib/plain-answer.ts'
import type { EventFacts } from './facts.ts'

/** Who could not be told by which channel, and why in plain words; what the channel answered stands in the panel. */
export function gaveUp({ data, say }: Pick<EventFacts, 'data' | 'say'>) {
  const channel = String(data.channel ?? '')
  const why = plainAnswer(String(data.reason ?? '')) ?? say('gave_up-refused')
  return { recipient: String(data.recipient ?? ''), channel, why: { html: why } }
}
