import { type Api, GrammyError } from 'grammy'
import type { PreCheckoutQuery, Update } from 'grammy/types'
import type { Log } from '../lib/log.ts'
import { unescapeHtml } from '../lib/texts.ts'
import { checkPayment, type RefusedPayment } from '../shop/payments/check-payment.ts'
import type { Shop } from '../shop/work.ts'

/** Together they fit into the ten seconds that Telegram waits. */
const TRIES = 3
const TRY_MS = 3_000

interface Parts {
  api: Api
  shop: Shop
  log: Log
}

/** Whether Telegram holds a payment sheet open for the answer, and forgets the question soon after. */
export function isPaymentQuery(update: Update): boolean {
  return update.pre_checkout_query !== undefined || update.shipping_query !== undefined
}

/** Makes the function that answers what Telegram asks while a customer pays. It never throws. */
export function createPaymentAnswers(parts: Parts): (update: Update) => Promise<void> {
  return async ({ pre_checkout_query: checkout, shipping_query: shipping }) => {
    if (checkout) {
      const refusal = refusalOf(parts, checkout)
      const other = refusal === undefined ? {} : { error_message: refusal }
      await insist(parts, (signal) =>
        parts.api.answerPreCheckoutQuery(checkout.id, refusal === undefined, other, signal),
      )
    }
    if (shipping) {
      const error_message = words(parts.shop, shipping.from.language_code, 'shipping')
      await insist(parts, (signal) =>
        parts.api.answerShippingQuery(shipping.id, false, { error_message }, signal),
      )
    }
  }
}

/** Why it must not be paid, in the buyer's words. When that cannot be found out no money is taken. */
function refusalOf({ shop, log }: Parts, query: PreCheckoutQuery): string | undefined {
  const { invoice_payload: payload, total_amount: amount, currency, from } = query
  try {
    const asked = { payload, amount, currency, fromTelegramId: from.id }
    const refused = checkPayment(shop.db, shop.clock.now(), asked)
    return refused && words(shop, from.language_code, refused.reason, refused.orderId)
  } catch (err) {
    log.error({ err }, 'a payment could not be checked')
    return words(shop, from.language_code, 'trouble')
  }
}

function words(
  { texts }: Shop,
  language: string | undefined,
  reason: RefusedPayment['reason'] | 'trouble' | 'shipping',
  orderId = 0,
): string {
  const said = texts.say(texts.nearest(language ?? 'en'), `pay-refused-${reason}`, {
    number: String(orderId),
  })
  return unescapeHtml(said)
}

/** Asks again only while the answer may still be of use; what Telegram refuses came too late. */
async function insist({ log }: Parts, answer: (signal: never) => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      // grammY asks for its own AbortSignal type; at run time it is the same one.
      await answer(AbortSignal.timeout(TRY_MS) as never)
      return
    } catch (err) {
      const isRefused = err instanceof GrammyError && err.error_code < 500
      if (!isRefused && tries < TRIES) continue
      log.warn({ err }, 'an answer about a payment did not arrive')
      return
    }
  }
}
