import { findOrder } from '../../db/orders.ts'
import {
  changePaymentRequest,
  findPaymentRequest,
  type PaymentRequestRow,
} from '../../db/payment-requests.ts'
import { SYSTEM, type Work } from '../work.ts'
import { announceRequest } from './ask-for-payment.ts'
import { askProvider, type Desk } from './ask-provider.ts'
import { failRequest } from './fail-request.ts'
import type { CreatedRequest } from './provider.ts'

const FIRST_LOOK_MS = 30_000

/**
 * Has a provider make what a customer is to pay, and sends the customer the link. Providers find what they made before, so
 * that a crash before the answer is written makes no second one.
 */
export async function makeRequest(desk: Desk, request: PaymentRequestRow): Promise<boolean> {
  const { shop } = desk
  const about = { what: `payment request ${request.id} cannot be made`, attempts: request.attempts }
  const answer = await askProvider(desk, about, async () => {
    const create = [...shop.providers.values()].find(({ online }) => online?.kind === request.provider)
      ?.online?.create
    if (!create) throw new Error(`${request.provider} is not set up`)
    return create(request)
  })
  shop.write((work) => {
    const { now } = work
    const row = findPaymentRequest(work.tx, request.id)
    if (!row || row.reference !== null) return
    if ('got' in answer) keepMade(work, row, answer.got)
    else if ('refused' in answer) failRequest(work, row, answer.refused)
    else if (row.state === 'wanted')
      changePaymentRequest(work.tx, row, {
        attempts: row.attempts + 1,
        lastError: answer.failed,
        checkAt: answer.checkAt,
        now,
      })
    else changePaymentRequest(work.tx, row, { checkAt: null, now })
  })
  return true
}

/** An order that was cancelled in the meantime is not announced, but what was made for it is looked at: it can be paid. */
function keepMade(work: Work, row: PaymentRequestRow, { reference, link, expiresAt }: CreatedRequest): void {
  const { now } = work
  const state = row.state === 'wanted' ? 'open' : row.state
  const checkAt = now + FIRST_LOOK_MS
  changePaymentRequest(work.tx, row, {
    state,
    reference,
    link,
    expiresAt,
    checkAt,
    attempts: 0,
    lastError: null,
    now,
  })
  const order = findOrder(work.tx, row.order_id)
  if (state === 'open' && order) announceRequest(work, order, row.id, SYSTEM)
}
