import { once } from 'node:events'
import { oldestDifference, wasAskedSince } from '../../../db/books.ts'
import { listPaymentMethods } from '../../../db/checkout.ts'
import type { Shop } from '../../work.ts'
import type { OnlineProviderParts, ProviderEntry } from '../provider.ts'
import type { Looked } from './check-books.ts'
import { compareProvider } from './compare-provider.ts'
import { CheckStopped } from './pages.ts'

const REACH_MS = 35 * 86_400_000

/** Compares the ledger with every provider that can say what it knows. One that cannot be asked is said, not passed over. */
export async function askProviders(shop: Shop, signal: AbortSignal): Promise<Looked[]> {
  const looked: Looked[] = []
  for (const { online } of shop.providers.values()) {
    if (online?.list && isInUse(shop, online)) {
      looked.push(await askProvider(shop, online, online.list.bind(online), signal))
    }
  }
  return looked
}

function isInUse({ db, clock }: Shop, { kind }: OnlineProviderParts): boolean {
  const switchedOn = listPaymentMethods(db).some((method) => method.kind === kind && method.active === 1)
  return (
    switchedOn || wasAskedSince(db, kind, clock.now() - REACH_MS) || oldestDifference(db, kind) !== undefined
  )
}

async function askProvider(
  shop: Shop,
  { kind: provider, listsRefunds = false }: OnlineProviderParts,
  list: (since: number) => Promise<ProviderEntry[]>,
  signal: AbortSignal,
): Promise<Looked> {
  const { db, clock } = shop
  // What is open stays in sight, so that a lost payment does not go away by growing old.
  const since = Math.min(oldestDifference(db, provider) ?? Number.MAX_SAFE_INTEGER, clock.now()) - REACH_MS
  let theirs: ProviderEntry[]
  try {
    theirs = await unlessStopped(list(since), signal)
  } catch (error) {
    if (error instanceof CheckStopped) throw error
    const reason = error instanceof Error ? error.message : String(error)
    return { source: provider, rows: null, trouble: reason, found: [], lost: [] }
  }
  const now = clock.now()
  const compared = await compareProvider({ db, provider, theirs, listsRefunds, since, now, signal })
  return { source: provider, trouble: null, ...compared }
}

async function unlessStopped<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new CheckStopped()
  const ended = new AbortController()
  try {
    const stopped = once(signal, 'abort', { signal: ended.signal }).then(() => {
      throw new CheckStopped()
    })
    return await Promise.race([asked, stopped])
  } finally {
    ended.abort()
  }
}
