import type { NoticeRow } from '../../db/notices.ts'
import { listNoticesOfMessage, voidNoticeLeases } from '../../db/outbox.ts'
import type { Channel } from '../../db/schema.ts'
import { newKey } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { Metrics } from '../../lib/metrics.ts'
import type { Shop } from '../work.ts'
import type { Allowance, Batch, Outcome, Senders } from './channel.ts'
import { createChannelQueue } from './channel-queue.ts'
import { createFateWriter } from './fate-writer.ts'
import { prepare } from './prepare.ts'
import { settle, settleDropped, settlePutOff } from './settle.ts'

export interface Dispatcher {
  /** Takes up what an earlier process left, and begins. */
  start(): void
  /** Looks for due notices now; cheap, and safe to call at any time. */
  nudge(): void
  /** Takes no more notices and waits for those being sent. */
  stop(): Promise<void>
  /** Resolves when nothing is being sent, and nothing that is due may be sent now. */
  idle(): Promise<void>
}

/** Telegram has an order for each chat and one limit for all; push services are many, and each device has its turn. */
const MAX_IN_FLIGHT: Record<Channel, number> = { telegram: 4, push: 256, mail: 2 }
const MOST_IN_MESSAGE = 50
/** A fault of the shop's own that has not passed in half a minute lies in the notice, and must not hold up what waits behind it for a day. */
const MOST_FAULTS = 6
const UNLIMITED: Allowance = { messages: Number.POSITIVE_INFINITY, waitMs: 0 }

export interface DispatcherParts {
  shop: Shop
  senders: Senders
  /** What Telegram allows the bot to send now. */
  allowance?: (() => Allowance) | undefined
  log: Log
  metrics: Metrics
  random?: () => number
}

/** Empties the outbox: each channel on its own, so that one that fails or hangs holds up no other. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { shop, senders, log, metrics, random = Math.random } = parts
  const lease = newKey()
  let running = false
  const queues = (Object.keys(MAX_IN_FLIGHT) as Channel[]).map((channel) =>
    createChannelQueue({
      shop,
      channel,
      maxInFlight: MAX_IN_FLIGHT[channel],
      allowance: (channel === 'telegram' && parts.allowance) || (() => UNLIMITED),
      lease,
      deliver,
      log,
    }),
  )

  const fates = createFateWriter({ shop, log, isRunning: () => running })

  async function deliver(batch: Batch): Promise<boolean> {
    batch.forEach(tellFate)
    const startedAt = shop.clock.now()
    const tried = await trySend(batch)
    const tookMs = shop.clock.now() - startedAt
    await Promise.all(
      batch.map((notice) =>
        fates.write(notice, (work) => {
          if ('drop' in tried) settleDropped(work, notice, tried)
          else if ('putOff' in tried) settlePutOff(work, notice, tried.putOff)
          else settle(work, { ...tried, notice, startedAt }, random)
        }),
      ),
    )
    for (const notice of batch) observe(notice, tried, tookMs)
    batch.forEach(tellFate)
    return 'outcome' in tried && !['later', 'wait'].includes(tried.outcome.kind)
  }

  async function trySend(batch: Batch) {
    const [notice] = batch
    try {
      const prepared = prepare(shop, senders, wholeMessage(batch))
      if (!('send' in prepared)) return prepared
      const { send, ...rest } = prepared
      return { ...rest, outcome: await send() }
    } catch (err) {
      log.error({ err, notice: notice.id, kind: notice.kind }, 'a notice could not be sent')
      const answer = err instanceof Error ? err.message : String(err)
      const kind = notice.attempts < MOST_FAULTS ? 'retry' : 'final'
      return { outcome: { kind, answer } satisfies Outcome }
    }
  }

  /** A message that told a group several things is drawn again with all of them. */
  function wholeMessage(batch: Batch): Batch {
    const [{ group_id: groupId, message_id: messageId, recipient }] = batch
    if (groupId === null || messageId === null) return batch
    const told = listNoticesOfMessage(shop.db, { recipient, messageId, limit: MOST_IN_MESSAGE })
    return told.length > batch.length ? (told as unknown as Batch) : batch
  }

  function observe(
    notice: NoticeRow,
    tried: { outcome: Outcome } | { drop: string } | { putOff: number },
    ms: number,
  ): void {
    if ('putOff' in tried) return
    const { id, event_id: event, order_id: order, kind, channel } = notice
    const outcome = 'drop' in tried ? 'dropped' : tried.outcome.kind
    // Held back within the channel's limits: nothing was tried.
    if (outcome === 'later') return
    log.info({ notice: id, event, order, kind, channel, outcome, ms }, 'notice')
    if (outcome !== 'dropped') metrics.noticeOutcomes.inc({ channel, outcome })
    if (outcome === 'sent' && notice.sent_at === null) observeArrival(notice)
  }

  function observeArrival({ channel, planned_at: plannedAt }: NoticeRow): void {
    if (channel === 'push') metrics.pushesSent.inc()
    metrics.deliverySeconds.observe({ channel }, (shop.clock.now() - plannedAt) / 1000)
  }

  function tellFate({ id }: NoticeRow): void {
    shop.tell({ kind: 'notice', noticeId: id })
  }

  function nudge(): void {
    for (const queue of queues) queue.nudge()
  }

  return {
    start() {
      const held = shop.db.write((tx) => voidNoticeLeases(tx))
      if (held > 0) log.info({ held }, 'notices an earlier process was sending go out again')
      running = true
      shop.listen((change) => change.kind === 'events' && nudge())
      for (const queue of queues) queue.start()
    },
    nudge,
    async stop() {
      running = false
      await Promise.all(queues.map((queue) => queue.stop()))
    },
    async idle() {
      await Promise.all(queues.map((queue) => queue.idle()))
    },
  }
}
