import { z } from '@hono/zod-openapi'
import { counters, noticeFate, orderSummary, timelineEvent } from './order.ts'

/**
 * What GET /api/stream sends (text/event-stream):
 * - `event: change` with an id: an order changed. Reconnect with Last-Event-ID to get what was missed.
 * - `event: notice` without an id: a notice's fate changed.
 * - `event: reset`: too much was missed; load everything again.
 * - `: ping` comments every 15 s; a client that hears nothing for 45 s reconnects.
 */
export const liveChange = z
  .object({
    order: orderSummary.nullable(),
    event: timelineEvent,
    counters,
  })
  .openapi('LiveChange')
export type LiveChange = z.infer<typeof liveChange>

export const liveNotice = z.object({ number: z.int().nullable(), notice: noticeFate }).openapi('LiveNotice')
export type LiveNotice = z.infer<typeof liveNotice>
