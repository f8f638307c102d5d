import { listDueEntries } from '../../db/ledger.ts'
import { listDueRequests } from '../../db/payment-requests.ts'
import { listDueMessages } from '../../db/provider-messages.ts'
import type { OnlineProvider } from '../../db/schema.ts'
import type { Log } from '../../lib/log.ts'
import type { Shop } from '../work.ts'
import { applyStoredCharges } from './apply-stored-charges.ts'
import type { Desk } from './ask-provider.ts'
import { createLane, type Lane } from './lane.ts'
import { leaveGoneProviders } from './leave-gone-providers.ts'
import { lookAtRequest } from './look-at-requests.ts'
import { makeRequest } from './make-requests.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { readProviderMessage } from './read-provider-messages.ts'

/** The one place from which the shop talks to payment providers on its own account. */
export interface PaymentWorker {
  /** Sees to what a crash or a change of the settings left in between, and begins. */
  start(): void
  /** Looks for what is due; cheap, and safe to call at any time. */
  nudge(): void
  /** The same, waiting for nothing. Returns how many errands got somewhere since it was last asked so, whatever set them off. */
  nudgeAndCount(): number
  /** Resolves when everything that is due has been done, as far as it can be. */
  idle(): Promise<void>
  /** Takes up nothing new and waits for what is in hand, but not for long: it is all due again at the next start. */
  stop(): Promise<void>
}

export interface WorkerParts {
  shop: Shop
  log: Log
  random?: () => number
}

/** Calls to one provider at once; each has lanes of its own, so that a slow one holds up no other. */
const MOST_AT_ONCE = 4
const PATIENCE_MS = 5_000
const ONLINE: readonly OnlineProvider[] = ['telegram', 'stars', 'btcpay']

/**
 * Makes what customers are to pay, looks what has become of it, reads what providers say, and moves refunds. All it knows
 * stands in the database: after a crash everything that was in hand is simply due again.
 */
export function createPaymentWorker({ shop, log, random = Math.random }: WorkerParts): PaymentWorker {
  const desk: Desk = { shop, log, random }
  const online = [...shop.providers.values()].flatMap((provider) => provider.online ?? [])
  const asked = online.filter((one) => one.create ?? one.look)
  const lanes: Lane[] = asked.flatMap(({ kind }) => [requestLane(desk, kind), messageLane(desk, kind)])
  const gone = ONLINE.filter((kind) => !online.some((one) => one.kind === kind))
  // Also those that are set up no more: what waits for them is given to a person.
  lanes.push(...ONLINE.map((provider) => refundLane(desk, provider)))
  let stopListening: (() => void) | undefined

  function nudge(): void {
    if (stopListening) for (const lane of lanes) lane.nudge()
  }

  return {
    start() {
      attempt(log, 'a stored charge could not be applied', () => applyStoredCharges(shop))
      attempt(log, 'what waits for a way to pay that is gone could not be seen to', () =>
        leaveGoneProviders(shop, gone),
      )
      stopListening = shop.listen((change) => change.kind === 'events' && nudge())
      nudge()
    },
    nudge,
    nudgeAndCount() {
      nudge()
      return lanes.reduce((sum, lane) => sum + lane.takeDone(), 0)
    },
    async idle() {
      if (stopListening) await Promise.all(lanes.map((lane) => lane.idle()))
    },
    async stop() {
      stopListening?.()
      stopListening = undefined
      const { promise: tired, resolve } = Promise.withResolvers<void>()
      const end = shop.clock.after(PATIENCE_MS, resolve)
      await Promise.race([tired, Promise.all(lanes.map((lane) => lane.stop()))])
      end()
    },
  }
}

/** What cannot be seen to now must not keep the shop shut: charges are tried again by their job, the rest at the next start. */
function attempt(log: Log, failed: string, act: () => void): void {
  try {
    act()
  } catch (err) {
    log.error({ err }, failed)
  }
}

function requestLane(desk: Desk, provider: OnlineProvider): Lane {
  const { shop, log } = desk
  return createLane({
    name: `${provider} requests`,
    most: MOST_AT_ONCE,
    log,
    due: (limit) =>
      listDueRequests(shop.db, { provider, now: shop.clock.now(), limit }).map((request) => ({
        key: String(request.id),
        run: () => (request.state === 'wanted' ? makeRequest(desk, request) : lookAtRequest(desk, request)),
      })),
  })
}

function messageLane(desk: Desk, provider: OnlineProvider): Lane {
  const { shop, log } = desk
  return createLane({
    name: `${provider} messages`,
    most: MOST_AT_ONCE,
    log,
    due: (limit) =>
      listDueMessages(shop.db, { provider, now: shop.clock.now(), limit }).map((message) => ({
        key: String(message.id),
        run: () => readProviderMessage(desk, message),
      })),
  })
}

function refundLane({ shop, log }: Desk, provider: OnlineProvider): Lane {
  return createLane({
    name: `${provider} refunds`,
    most: 1,
    log,
    due: () =>
      listDueEntries(shop.db, { provider, now: shop.clock.now(), limit: 1 }).map(() => ({
        key: 'refunds',
        run: async () => (await moveDueRefunds(shop, (error) => warn(log, error), provider)) > 0,
      })),
  })
}

function warn(log: Log, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  log.warn({ reason }, 'a refund could not be asked for: trying again until it works')
}
