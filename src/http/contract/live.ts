import { z } from '@hono/zod-openapi'
import { noticeFate } from './notice.ts'
import { counters, orderSummary, timelineEvent } from './order.ts'

/**
 * What GET /api/stream sends (text/event-stream):
 * - `event: hello` with an id, first: where to go on from after a break.
 * - `event: change` with an id: an order changed, or something else happened, which comes without its `data`. Reconnect with Last-Event-ID to get what was missed.
 * - `event: notice` without an id: a notice's fate changed.
 * - `event: reset`: too much was missed; load everything again.
 * - `event: full`: too many panels are open; the stream ends.
 * - `: ping` comments every 15 s; a client that hears nothing for 45 s reconnects. The stream ends soon after the
 *   session does.
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
