import { changeEntry, findEntry, type LedgerRow, listDueEntries } from '../../db/ledger.ts'
import { findOrder } from '../../db/orders.ts'
import type { LedgerProvider } from '../../db/schema.ts'
import { backoffMs } from '../../lib/backoff.ts'
import { planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import { type Shop, SYSTEM, type Work } from '../work.ts'
import { addClaimed } from './add-claimed.ts'
import { announceOffer, announceRefundByHand, announceRefundFailed } from './announce-money-matter.ts'
import { finishRefund } from './finish-refund.ts'
import type { RefundAnswer } from './provider.ts'
import { providerOf } from './refundable.ts'
import { dropStart } from './tell-of-refund.ts'

const BATCH = 50
/** For so long nobody else asks for a refund that is being asked for. */
const CLAIM_MS = 120_000
/** After so many tries without an answer a person has to look. */
const MOST_TRIES = 20
const NO_ANSWER =
  'The provider did not answer. Look there whether the money has moved before you give it back another way.'

const NOBODY_TO_ASK =
  'This way to pay is not set up any more. Look at the provider whether the money was claimed: if not, end the offer there and give it back by hand.'
const PASS_ON = 'Nobody knows which customer it came from. Pass the link on to whoever paid.'
const DAY_MS = 86_400_000

type Call = () => Promise<RefundAnswer>

/**
 * Asks a provider, or all of them, for every refund that is due, and how those stand that customers have to claim. A crash
 * at any point repeats the question and never the refund. `onTrouble` hears of calls that failed and are made again. Returns
 * how many it asked for.
 */
export async function moveDueRefunds(
  shop: Shop,
  onTrouble?: (error: unknown) => void,
  provider: LedgerProvider | null = null,
): Promise<number> {
  const due = listDueEntries(shop.db, { provider, now: shop.clock.now(), limit: BATCH })
  for (const entry of due) await moveRefund(shop, entry, onTrouble)
  return due.length
}

async function moveRefund(shop: Shop, due: LedgerRow, onTrouble?: (error: unknown) => void): Promise<void> {
  const claimed = shop.write((work) => claim(work, due))
  if (!claimed) return
  const answer = await answerOf(claimed.call, onTrouble)
  shop.write((work) => take(work, claimed.entry, answer))
}

async function answerOf(call: Call, onTrouble?: (error: unknown) => void): Promise<RefundAnswer | undefined> {
  try {
    return await call()
  } catch (error) {
    onTrouble?.(error)
    return undefined
  }
}

/** Takes the refund for itself for a while, or gives it to a person when no provider can be asked. */
function claim(work: Work, due: LedgerRow): { entry: LedgerRow; call: Call } | undefined {
  const entry = findEntry(work.tx, due.id)
  if (!entry || entry.state !== due.state || entry.check_at !== due.check_at) return undefined
  const call = callFor(work, entry)
  if (!call) {
    toPerson(work, entry)
    return undefined
  }
  const claimed = { checkAt: work.now + CLAIM_MS, attempts: entry.attempts + 1 }
  changeEntry(work.tx, entry, { ...claimed, now: work.now })
  return { entry: { ...entry, check_at: claimed.checkAt, attempts: claimed.attempts }, call }
}

function callFor(work: Work, entry: LedgerRow): Call | undefined {
  const online = providerOf(work.providers, entry.provider)?.online
  const charge = entry.charge_id === null ? undefined : findEntry(work.tx, entry.charge_id)
  const ask = entry.state === 'offered' ? online?.checkRefund : online?.refund
  return ask && charge ? () => ask.call(online, entry, charge) : undefined
}

/** The provider is not set up any more: what it has not begun, a person does. */
function toPerson(work: Work, entry: LedgerRow): void {
  if (entry.state === 'offered') {
    // The provider may be back tomorrow.
    const change = { trouble: NOBODY_TO_ASK, checkAt: work.now + DAY_MS, now: work.now }
    changeEntry(work.tx, entry, change)
    if (entry.trouble === null) announceOffer(work, entry, 'refund_unwatched')
  } else if (entry.attempts > 0) {
    fail(work, entry, NO_ANSWER, entry.raw)
  } else {
    changeEntry(work.tx, entry, { state: 'by_hand', checkAt: null, now: work.now })
    announceRefundByHand(work, { id: entry.id, orderId: entry.order_id }, work.now)
  }
}

/** Writes down what the provider said. Whoever else had the refund meanwhile, money that moved has moved. */
function take(work: Work, claimed: LedgerRow, answer: RefundAnswer | undefined): void {
  const entry = findEntry(work.tx, claimed.id)
  if (!entry || entry.state === 'done') return
  if (answer?.kind === 'done') {
    finishRefund(work, entry, { raw: answer.raw, reference: answer.reference, actor: SYSTEM })
    return
  }
  if (entry.state !== claimed.state || entry.check_at !== claimed.check_at) return
  if (!answer) tryAgain(work, entry)
  else if (answer.kind === 'refused') refuse(work, entry, answer)
  else offer(work, entry, answer)
}

function tryAgain(work: Work, entry: LedgerRow): void {
  if (entry.attempts >= MOST_TRIES && entry.state === 'wanted') {
    fail(work, entry, NO_ANSWER, entry.raw)
    return
  }
  const checkAt = work.now + backoffMs(entry.attempts, Math.random)
  changeEntry(work.tx, entry, { checkAt, now: work.now })
}

/** What was claimed before the refusal has left: it stands in the ledger as a refund of its own. */
function refuse(work: Work, entry: LedgerRow, answer: Extract<RefundAnswer, { kind: 'refused' }>): void {
  const { reason, raw, claimed } = answer
  const ended = claimed ? { ...entry, reference: `ended:${entry.id}` } : entry
  fail(work, ended, reason, raw)
  if (claimed) finishRefund(work, addClaimed(work, entry, claimed), { raw, actor: SYSTEM })
}

function fail(work: Work, entry: LedgerRow, reason: string, raw: string): void {
  changeEntry(work.tx, entry, { state: 'failed', trouble: reason, raw, checkAt: null, now: work.now })
  const data = { entryId: entry.id, reason }
  recordEvent(work, { type: 'refund_failed', orderId: entry.order_id, actor: SYSTEM, data })
  announceRefundFailed(work, { ...entry, trouble: reason })
}

/** The customer has to claim it, and gets the link once. */
function offer(work: Work, entry: LedgerRow, answer: Extract<RefundAnswer, { kind: 'offered' }>): void {
  const { reference, link, checkAt, raw } = answer
  const isNew = entry.state !== 'offered'
  const trouble = entry.order_id === null ? PASS_ON : null
  const change = { state: 'offered', reference, link, checkAt, raw, trouble, attempts: 0 } as const
  changeEntry(work.tx, entry, { ...change, now: work.now })
  if (!isNew) return
  const order = entry.order_id === null ? undefined : findOrder(work.tx, entry.order_id)
  const event = { type: 'refund_offered', actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId: entry.order_id, data: { entryId: entry.id } })
  dropStart(work, entry)
  if (order) planNotices(work, { ...event, id }, order, work.now)
  else announceOffer(work, entry, 'refund_pass_on')
}
