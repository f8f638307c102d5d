import type { Transformer } from 'grammy'
import type { Metrics } from '../lib/metrics.ts'

const MESSAGE = /^(send(?!ChatAction)|copy)/

/**
 * Times every call of the bot, and counts the messages that Telegram took. Long polls, too: while nobody writes there is no
 * other call that shows whether Telegram is there.
 */
export function measureCalls(metrics: Metrics): Transformer {
  return async (call, method, payload, signal) => {
    const begun = performance.now()
    let outcome = 'unreachable'
    try {
      const answer = await call(method, payload, signal)
      outcome = outcomeOf(answer)
      if (answer.ok && MESSAGE.test(method)) metrics.messagesSent.inc()
      return answer
    } finally {
      // What the shop breaks off itself says nothing of Telegram.
      if (!signal?.aborted)
        metrics.callSeconds.observe({ method, outcome }, (performance.now() - begun) / 1000)
    }
  }
}

function outcomeOf(answer: { ok: true } | { ok: false; error_code: number }): string {
  if (answer.ok) return 'ok'
  if (answer.error_code === 429) return 'held_back'
  return answer.error_code >= 500 ? 'failed' : 'refused'
}
