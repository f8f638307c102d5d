import { changeEntry, findEntryByReference } from '../../db/ledger.ts'
import {
  changePaymentRequest,
  findPaymentRequest,
  findRequestByReference,
  type PaymentRequestRow,
} from '../../db/payment-requests.ts'
import {
  addProviderMessage,
  type NewMessage,
  type ProviderMessageRow,
  postponeMessage,
  setMessageDone,
} from '../../db/provider-messages.ts'
import type { OnlineProvider } from '../../db/schema.ts'
import type { Shop, Work } from '../work.ts'
import { applyCharge } from './apply-charge.ts'
import { askProvider, type Desk } from './ask-provider.ts'
import { type LookedAt, requestKeyOf } from './provider.ts'
import { storeWhatCame } from './store-what-came.ts'

/** Stores what a provider said, before it is answered; the same message again changes nothing. */
export function keepProviderMessage(shop: Shop, message: Omit<NewMessage, 'now'>): void {
  shop.write(({ tx, now }) => addProviderMessage(tx, { ...message, now }))
}

/**
 * Acts on what a provider said, of which nothing is believed but the name of what it is about: a request or a refund of the
 * shop is looked at next, and an invoice nobody knows is looked at here, because money may be on it.
 */
export async function readProviderMessage(desk: Desk, message: ProviderMessageRow): Promise<boolean> {
  const { invoiceId, pullPaymentId } = namesIn(message.body)
  const isDone = desk.shop.write((work) => {
    if (pullPaymentId !== undefined) lookAtRefundSoon(work, message.provider, pullPaymentId)
    const isKnown = invoiceId === undefined || lookSoon(work, message.provider, invoiceId)
    if (isKnown) setMessageDone(work.tx, message.id, work.now)
    return isKnown
  })
  if (!isDone && invoiceId !== undefined) await readStranger(desk, message, invoiceId)
  return true
}

async function readStranger(desk: Desk, message: ProviderMessageRow, reference: string): Promise<void> {
  const { shop } = desk
  const { provider } = message
  const look = shop.providers.get(provider)?.online?.look
  const about = { what: `${provider} ${reference} cannot be looked at`, attempts: message.attempts }
  const answer = await askProvider(desk, about, async () => look?.(reference))
  if ('failed' in answer) {
    const { failed: error, checkAt } = answer
    shop.write(({ tx }) => postponeMessage(tx, { id: message.id, checkAt, error }))
    return
  }
  const chargeId = shop.write((work) => {
    setMessageDone(work.tx, message.id, work.now)
    return 'got' in answer && answer.got ? takeStranger(work, { provider, reference }, answer.got) : undefined
  })
  if (chargeId !== undefined) shop.write((work) => applyCharge(work, chargeId))
}

/**
 * Stores money on an invoice that no request had when the message was read. What was made for a request whose answer is
 * not written yet is left to the request; money nobody knows what for goes to the owner.
 */
function takeStranger(
  work: Work,
  found: { provider: OnlineProvider; reference: string },
  looked: LookedAt,
): number | undefined {
  const request = requestBehind(work, looked)
  if (request?.state === 'wanted' || lookSoon(work, found.provider, found.reference)) return undefined
  return storeWhatCame(work, { ...found, request }, looked)
}

function requestBehind({ tx }: Work, { requestKey }: LookedAt): PaymentRequestRow | undefined {
  const request = requestKey ? findPaymentRequest(tx, Number.parseInt(requestKey, 10)) : undefined
  return request && requestKeyOf(request) === requestKey ? request : undefined
}

/** Has a request of the shop looked at; false when there is none of this name. */
function lookSoon({ tx, now }: Work, provider: OnlineProvider, reference: string): boolean {
  const request = findRequestByReference(tx, provider, reference)
  if (!request) return false
  // A moment that no earlier look had, so that one under way does not put this off.
  const isDue = request.check_at !== null && request.check_at <= now
  const checkAt = isDue ? Number(request.check_at) - 1 : now
  changePaymentRequest(tx, request, { checkAt, now })
  return true
}

function lookAtRefundSoon({ tx, now }: Work, provider: OnlineProvider, reference: string): void {
  const refund = findEntryByReference(tx, { kind: 'refund', provider, reference })
  if (refund?.state === 'offered') changeEntry(tx, refund, { checkAt: now, now })
}

/** An invoice that changed, or a refund that somebody claims. */
function namesIn(body: string): { invoiceId?: string; pullPaymentId?: string } {
  const { invoiceId, pullPaymentId } = JSON.parse(body) as Record<string, unknown>
  return {
    ...(typeof invoiceId === 'string' && { invoiceId }),
    ...(typeof pullPaymentId === 'string' && { pullPaymentId }),
  }
}
