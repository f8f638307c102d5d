import { type FoundDifference, listEntriesOfProvider, listParts } from '../../../db/books.ts'
import type { Reader } from '../../../db/database.ts'
import { findEntry, findEntryByReference, type LedgerRow, listRefundsOfCharge } from '../../../db/ledger.ts'
import { findOrder } from '../../../db/orders.ts'
import type { OnlineProvider } from '../../../db/schema.ts'
import { formatMoney } from '../../../lib/money.ts'
import type { ProviderEntry } from '../provider.ts'
import { amountOf } from './difference.ts'
import { walk } from './pages.ts'
import type { LostPayment } from './take-lost.ts'

/** What is younger may still be on its way, or the other clock is ahead. */
const MARGIN_MS = 3_600_000
const CAME_TRUE = ['done', 'offered']

export interface Comparison {
  db: Reader
  provider: OnlineProvider
  theirs: readonly ProviderEntry[]
  /** Whether `theirs` holds refunds, too. */
  listsRefunds: boolean
  since: number
  now: number
  signal: AbortSignal
}

/** Compares the ledger with what the provider says, both ways. Returns what differs, and how many entries were compared. */
export async function compareProvider(comparison: Comparison) {
  const found: FoundDifference[] = []
  const lost: LostPayment[] = []
  const matched = new Set<number>()
  const { db, provider, theirs, since, now, signal } = comparison
  const refunds = theirs.filter(({ kind }) => kind === 'refund')
  const givenBack = new Set(refunds.map(({ reference }) => reference))
  const numbered = theirs.map((entry, index) => ({ entry, index }))
  await walk(
    {
      start: 0,
      read: (after, limit) => numbered.slice(after, after + limit),
      positionOf: ({ index }) => index + 1,
      signal,
    },
    ({ entry }) => {
      const differences = lookAtTheirs(comparison, entry, matched)
      found.push(...differences)
      if (differences.length > 0 && isToBeTaken(entry, givenBack)) lost.push({ provider, entry })
    },
  )
  const to = now - MARGIN_MS
  const ours = await walk(
    {
      start: { from: since + MARGIN_MS, after: 0 },
      read: (position, limit) => listEntriesOfProvider(db, { provider, to, limit, ...position }),
      positionOf: (entry) => ({ from: entry.at, after: entry.id }),
      signal,
    },
    (entry) => found.push(...lookAtOurs(comparison, entry, matched)),
  )
  return { found, lost, rows: Math.max(theirs.length, ours) }
}

/** What has gone back since is no payment of an order any more. */
function isToBeTaken({ kind, reference }: ProviderEntry, givenBack: Set<string>): boolean {
  return kind === 'charge' && !givenBack.has(reference)
}

function lookAtTheirs(
  { db, provider, now }: Comparison,
  entry: ProviderEntry,
  matched: Set<number>,
): FoundDifference[] {
  const parts = findParts(db, provider, entry)
  for (const { id } of parts) matched.add(id)
  const [ours] = parts
  if (isOnItsWay(db, entry, parts, now)) return []
  if (ours) {
    const amountMinor = parts.reduce((sum, part) => sum + part.amount_minor, 0)
    if (amountMinor === entry.amountMinor && ours.currency === entry.currency) return []
    const stands = formatMoney(amountMinor, ours.currency)
    const words = `${nameOf(entry)} of ${amountIn(entry)} stands in the ledger as ${stands}.`
    const mark = `${entry.amountMinor}-${entry.currency}`
    return [{ ...differenceOf(provider, 'amount_differs', entry, words, mark), ...aboutOurs(ours) }]
  }
  const words = `${nameOf(entry)} of ${amountIn(entry)}${ofOrder(entry)} is known to the provider, but not in the ledger.`
  const orderId = entry.orderId !== null && findOrder(db, entry.orderId) ? entry.orderId : null
  return [{ ...differenceOf(provider, `only_theirs`, entry, words), orderId }]
}

/** Whether the other side may not know of it yet. An offer is always as new as today: the refund it is for is asked instead. */
function isOnItsWay(db: Reader, entry: ProviderEntry, parts: LedgerRow[], now: number): boolean {
  if (entry.offerOf !== undefined) return findEntry(db, entry.offerOf)?.state === 'wanted'
  const young = now - MARGIN_MS
  return entry.at > young || parts.some(({ stored_at }) => stored_at > young)
}

function lookAtOurs(
  { provider, listsRefunds, now }: Comparison,
  entry: LedgerRow,
  matched: Set<number>,
): FoundDifference[] {
  const expected = entry.kind === 'charge' ? entry.state !== 'void' : listsRefunds && isTheirDoing(entry)
  if (!expected || matched.has(entry.id) || entry.updated_at > now - MARGIN_MS) return []
  const words = `${nameOf(entry)} of ${amountOf(entry)} stands in the ledger, but the provider does not know it.`
  return [{ ...differenceOf(provider, 'only_ours', entry, words), ...aboutOurs(entry) }]
}

/** A refund that the provider made. */
function isTheirDoing({ state, reference }: LedgerRow): boolean {
  return state === 'done' && !isByHand(reference)
}

/** One that somebody paid by hand keeps the name the shop gave it. */
function isByHand(reference: string): boolean {
  return reference.startsWith('refund:')
}

/** A refund is known by its own name, or by that of the charge it gives back: what was paid by hand besides is another one. */
function findParts(db: Reader, provider: OnlineProvider, entry: ProviderEntry): LedgerRow[] {
  const { kind, reference } = entry
  const named = listParts(db, { kind, provider, reference })
  if (named.length > 0 || kind === 'charge') return named
  const charge = findEntryByReference(db, { kind: 'charge', provider, reference })
  const refunds = charge ? listRefundsOfCharge(db, charge.id) : []
  return refunds.filter(({ state, reference: own }) => CAME_TRUE.includes(state) && !isByHand(own))
}

function differenceOf(
  provider: OnlineProvider,
  kind: string,
  entry: { kind: 'charge' | 'refund'; reference: string },
  words: string,
  mark = '',
): FoundDifference {
  const key = [provider, kind, entry.kind, entry.reference, mark].filter(Boolean).join(':')
  return { key, kind, words, provider, orderId: null, ledgerId: null }
}

function aboutOurs(entry: LedgerRow) {
  return { orderId: entry.order_id, ledgerId: entry.id }
}

function nameOf({ kind, reference }: { kind: 'charge' | 'refund'; reference: string }): string {
  return `${kind === 'charge' ? 'The payment' : 'The refund'} ${reference}`
}

function amountIn({ amountMinor, currency }: ProviderEntry): string {
  return formatMoney(amountMinor, currency)
}

function ofOrder({ orderId }: ProviderEntry): string {
  return orderId === null ? '' : ` (it names order #${orderId})`
}
