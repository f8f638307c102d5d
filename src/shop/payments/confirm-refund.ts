import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { refreshMatterCards } from '../notifications/plan.ts'
import type { Work } from '../work.ts'
import { findRefundFor, type RefundCommand } from './change-refund.ts'
import { finishRefund } from './finish-refund.ts'

const MAX_WORDS = 300

/**
 * Says that somebody of the shop has paid a refund by hand: it is done, and the customer is told. Throws a ShopError:
 * not_found, forbidden, invalid, or conflict when it does not wait for that.
 */
export function confirmRefund(
  work: Work,
  command: RefundCommand & { reference?: string | undefined; note?: string | undefined },
): void {
  const refund = findRefundFor(work, command, 'confirm_refund', 'refunded')
  if (!refund) return
  const { actor, requestKey } = command
  const reference = cleanText(command.reference ?? '')
  const note = cleanText(command.note ?? '')
  for (const [field, words] of Object.entries({ reference, note })) {
    if (words.length > MAX_WORDS)
      throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`, { field })
  }
  // What the bank calls it stands with the entry; its own reference stays the one that nothing else can have.
  const said = { by: actor.name, ...(reference && { reference }), ...(note && { note }) }
  finishRefund(work, refund, { raw: JSON.stringify(said), actor, data: said, requestKey })
  refreshMatterCards(work, refund.order_id)
}
