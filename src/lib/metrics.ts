import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** The figures the process keeps of itself, in Prometheus' form. Labels are bounded: never an id, never a name. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'littleshop_api_request_duration_seconds',
      help: 'How long API requests took, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    orderEvents: new Counter({
      name: 'littleshop_order_status_changes_total',
      help: 'Order events by type.',
      labelNames: ['type'],
      registers,
    }),
    noticeOutcomes: new Counter({
      name: 'littleshop_notices_total',
      help: 'What became of each try to deliver a notice.',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'littleshop_notification_delivery_seconds',
      help: 'From the moment a notice was due until its channel took it.',
      labelNames: ['channel'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 30, 60, 600],
      registers,
    }),
    updates: new Counter({
      name: 'littleshop_updates_total',
      help: 'Telegram updates by how their handling ended.',
      labelNames: ['outcome'],
      registers,
    }),
    livePanels: new Gauge({
      name: 'littleshop_live_panels',
      help: 'Panels that follow the shop live.',
      registers,
    }),
  }
}
