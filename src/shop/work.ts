import type { Database, Tx } from '../db/database.ts'
import type { EventRow } from '../db/events.ts'
import type { ActorKind, Role, Source } from '../db/schema.ts'
import type { Clock } from '../lib/clock.ts'
import type { Texts } from '../lib/texts.ts'
import type { Providers } from './payments/provider.ts'
import type { ReceiptLinks } from './payments/receipt/receipt-links.ts'

/** No step can be undone for longer, whatever the shop is set to. */
export const LONGEST_UNDO_MS = 60_000

/** What a shop is set to, from the environment; see .env.example. */
export interface ShopSettings {
  currency: string
  timezone: string
  /** How long a step can be undone, and so how long its notice waits, in ms. */
  undoGraceMs: number
  /** The channels beside Telegram that are set up. */
  channels: { push: boolean; mail: boolean }
}

/** One piece of work: a database transaction, at one moment, with the events it has recorded so far. */
export interface Work {
  tx: Tx
  now: number
  settings: ShopSettings
  providers: Providers
  events: EventRow[]
}

/** What just became true, told after the commit to open panels and to the dispatcher. */
export type Change = { kind: 'events'; events: EventRow[] } | { kind: 'notice'; noticeId: number }

export interface Shop {
  db: Database
  clock: Clock
  texts: Texts
  settings: ShopSettings
  /** The ways to pay that are set up, whether or not they are switched on. */
  providers: Providers
  /** Links to customers' receipts; absent where the shop has no address that they could open. */
  receipts?: ReceiptLinks | undefined
  /** The one way to change anything: `fn` runs in one transaction, and its events are told after the commit. */
  write<T>(fn: (work: Work) => T): T
  tell(change: Change): void
  /** Calls `listener` after each commit that changed something; the returned function ends it. */
  listen(listener: (change: Change) => void): () => void
}

/** Who does something, and from where. */
export interface Actor {
  kind: ActorKind
  /** The person's id; null for the shop itself. */
  id: number | null
  name: string
  source: Source
  role?: Role
}

export const SYSTEM: Actor = { kind: 'system', id: null, name: 'LittleShop', source: 'job' }

export interface ShopParts
  extends Pick<Shop, 'db' | 'clock' | 'texts' | 'settings' | 'providers' | 'receipts'> {
  /** Hears of a listener that failed: what is committed is committed, and the others are told all the same. */
  onListenerFailed?: ((error: unknown) => void) | undefined
}

/** Ties the parts of a shop together. */
export function openShop({ onListenerFailed = throwLater, ...parts }: ShopParts): Shop {
  const listeners = new Set<(change: Change) => void>()

  function tell(change: Change): void {
    for (const listener of listeners) {
      try {
        listener(change)
      } catch (error) {
        onListenerFailed(error)
      }
    }
  }

  function write<T>(fn: (work: Work) => T): T {
    const events: EventRow[] = []
    const { settings, providers } = parts
    const result = parts.db.write((tx) => fn({ tx, now: parts.clock.now(), settings, providers, events }))
    if (events.length > 0) tell({ kind: 'events', events })
    return result
  }

  function listen(listener: (change: Change) => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return { ...parts, write, tell, listen }
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
