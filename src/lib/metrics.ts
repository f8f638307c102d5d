import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ShopErrorCode } from './shop-error.ts'

export type Metrics = ReturnType<typeof createMetrics>

// Its name is promised, and Prometheus' rules keep "_count" for histograms: only what says no type may be called so.
const PENDING_ORDERS = 'littleshop_pending_orders_count'
const CHANNELS = ['telegram', 'push', 'mail']
const OUTCOMES = ['sent', 'wait', 'retry', 'final']
const TRANSPORTS = ['http', 'chat']
const ERROR_CODES: readonly (ShopErrorCode | 'internal')[] = [
  'invalid',
  'not_found',
  'conflict',
  'forbidden',
  'unauthorized',
  'busy',
  'internal',
]
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60]
const DELIVERY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 600, 3600]
const JOB_BUCKETS = [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600]
const QUERY_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

/** The figures the process keeps of itself, in Prometheus' form. Labels are bounded: never an id, never a name. */
export function createMetrics() {
  const registry = new Registry()
  const readers: (() => void)[] = []
  return {
    registry,
    ...createCounters(registry),
    ...createHistograms(registry),
    ...createGauges(registry),
    /** Has `read` bring figures up to date whenever somebody asks for them. */
    beforeReading(read: () => void): void {
      readers.push(read)
    },
    /** All figures as they are now, in words that a collector reads. */
    async text(): Promise<string> {
      for (const read of readers) read()
      const text = await registry.metrics()
      return text.replace(`# TYPE ${PENDING_ORDERS} gauge`, `# TYPE ${PENDING_ORDERS} untyped`)
    },
  }
}

function createCounters(registry: Registry) {
  const counter = makerOf(Counter, registry)
  const noticeOutcomes = counter(
    'littleshop_notices_total',
    'What became of each try to deliver a notice.',
    'channel',
    'outcome',
  )
  const errors = counter(
    'littleshop_errors_total',
    'Refusals and faults that people were shown.',
    'transport',
    'code',
  )
  const updatesHandled = counter(
    'littleshop_updates_handled_total',
    'Updates from Telegram that were handled, by how that ended.',
    'outcome',
  )
  // A rise from nothing to one is seen only where the nothing was there before.
  for (const outcome of ['done', 'given_up']) updatesHandled.inc({ outcome }, 0)
  for (const channel of CHANNELS) for (const outcome of OUTCOMES) noticeOutcomes.inc({ channel, outcome }, 0)
  for (const transport of TRANSPORTS) for (const code of ERROR_CODES) errors.inc({ transport, code }, 0)
  return {
    noticeOutcomes,
    errors,
    statusChanges: counter(
      'littleshop_order_status_changes_total',
      'Events that moved an order, by type.',
      'type',
    ),
    pushesSent: counter('littleshop_push_notifications_sent_total', 'Web pushes that a push service took.'),
    messagesSent: counter(
      'littleshop_telebot_messages_sent_total',
      'Messages of the bot that Telegram took: replies and notices.',
    ),
    updatesReceived: counter('littleshop_updates_received_total', 'Updates from Telegram, by kind.', 'kind'),
    updatesHandled,
    payments: counter('littleshop_payments_total', 'Entries in the ledger of money.', 'provider', 'kind'),
    backupFailures: counter(
      'littleshop_backup_failures_total',
      'Backups that could not be made or uploaded.',
    ),
    jobFailures: counter('littleshop_job_failures_total', 'Runs of background jobs that failed.', 'job'),
  }
}

function createHistograms(registry: Registry) {
  const histogram = (name: string, help: string, buckets: number[], ...labelNames: string[]) =>
    new Histogram({ name, help, buckets, labelNames, registers: [registry] })
  const querySeconds = histogram(
    'littleshop_database_query_duration_seconds',
    'Time in the database: reads, whole write transactions, and the commits at their end.',
    QUERY_BUCKETS,
    'kind',
  )
  return {
    queries: {
      read: querySeconds.labels('read'),
      write: querySeconds.labels('write'),
      commit: querySeconds.labels('commit'),
    },
    requestSeconds: histogram(
      'littleshop_api_request_duration_seconds',
      'How long API requests took, by route and status.',
      REQUEST_BUCKETS,
      'method',
      'route',
      'status',
    ),
    updateSeconds: histogram(
      'littleshop_update_duration_seconds',
      'From the moment an update from Telegram was stored until it was handled.',
      ANSWER_BUCKETS,
      'kind',
    ),
    callSeconds: histogram(
      'littleshop_telegram_call_duration_seconds',
      'How long Telegram took to answer the bot; getUpdates waits half a minute where there is no news.',
      ANSWER_BUCKETS,
      'method',
      'outcome',
    ),
    jobSeconds: histogram(
      'littleshop_job_duration_seconds',
      'How long runs of background jobs took.',
      JOB_BUCKETS,
      'job',
    ),
    deliverySeconds: histogram(
      'littleshop_notification_delivery_seconds',
      'From the moment a notice was to leave until its channel took it, with every pause in between.',
      DELIVERY_BUCKETS,
      'channel',
    ),
  }
}

function createGauges(registry: Registry) {
  const gauge = makerOf(Gauge, registry)
  return {
    backupLastSuccess: gauge(
      'littleshop_backup_last_success_timestamp_seconds',
      'When the shop was as its newest backup has it.',
    ),
    backupBytes: gauge(
      'littleshop_backup_bytes',
      'How large the newest backup is, without pictures and receipts.',
    ),
    backupInterval: gauge(
      'littleshop_backup_interval_seconds',
      'How old the newest backup becomes before another is made; 0: none is made by itself.',
    ),
    backupFailing: gauge(
      'littleshop_backup_failing_seconds',
      'For how long backups have failed to be made or uploaded; 0 while all is well.',
    ),
    jobLastSuccess: gauge(
      'littleshop_job_last_success_timestamp_seconds',
      'When a background job last ran without failing.',
      'job',
    ),
    targetValue: gauge(
      'littleshop_target_value',
      'What the shop reaches of what it promises; absent while there is nothing to measure it by.',
      'target',
    ),
    targetLimit: gauge(
      'littleshop_target_limit',
      'What the shop promises: at most so many seconds, or at least so large a share.',
      'target',
    ),
    livePanels: gauge('littleshop_live_panels', 'Panels that follow the shop live.'),
    orders: gauge('littleshop_orders', 'Orders, by where they stand.', 'stage'),
    pendingOrders: gauge(PENDING_ORDERS, 'Orders that wait for somebody to accept them.'),
    pendingOrderAge: gauge(
      'littleshop_oldest_pending_order_age_seconds',
      'How long the oldest order that nobody accepted has waited; 0 when there is none.',
    ),
    pushSubscriptions: gauge('littleshop_active_push_subscriptions', 'Browsers that can get web push.'),
    jobsPending: gauge(
      'littleshop_background_jobs_pending',
      'Work of the background that is due and not done.',
      'kind',
    ),
    inboxDepth: gauge('littleshop_inbox_depth', 'Updates from Telegram that are stored and not handled.'),
    inboxAge: gauge('littleshop_inbox_oldest_age_seconds', 'Age of the oldest update that is not handled.'),
    outboxDepth: gauge(
      'littleshop_outbox_depth',
      'Notices that wait to leave, with those whose moment is to come.',
      'channel',
    ),
    outboxAge: gauge(
      'littleshop_outbox_oldest_age_seconds',
      'How long the oldest notice that should have left has waited.',
      'channel',
    ),
    deadLetters: gauge('littleshop_dead_letters', 'Notices that never arrived and can be sent again.'),
    undelivered: gauge(
      'littleshop_undelivered_notices',
      'Notices of the last 24 hours that never arrived though their recipient can be reached.',
      'channel',
    ),
  }
}

function makerOf<M>(
  Metric: new (options: { name: string; help: string; labelNames: string[]; registers: Registry[] }) => M,
  registry: Registry,
) {
  return (name: string, help: string, ...labelNames: string[]) =>
    new Metric({ name, help, labelNames, registers: [registry] })
}
