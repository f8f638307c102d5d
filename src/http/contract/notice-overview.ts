import { z } from '@hono/zod-openapi'
import { channel, noticeFate, period } from './notice.ts'

const ms = z.int().nullable()

/** How one channel did in the period. Delays are in ms from the planned moment to the channel's yes, right to ±4.5 %. */
export const channelProof = z
  .object({
    channel,
    configured: z.boolean(),
    /** When the first of the newest tries was made if all of them failed, else null. */
    failingSince: ms,
    /** What the channel answered last, while it fails. */
    failingAnswer: z.string().nullable(),
    /** How many have yet to leave, now. */
    waiting: z.int(),
    sent: z.int(),
    /** Given up, though the recipient can be reached. */
    dead: z.int(),
    /** Blocked the bot, or a browser without a subscription: no fault of the shop's, so not in the rate. */
    unreachable: z.int(),
    /** sent / (sent + dead), null when there was nothing. */
    rate: z.number().nullable(),
    p50Ms: ms,
    p95Ms: ms,
    p99Ms: ms,
    target: z.object({ rate: z.number(), p95Ms: z.int() }),
    met: z.object({ rate: z.boolean().nullable(), p95: z.boolean().nullable() }),
  })
  .openapi('ChannelProof')
export type ChannelProof = z.infer<typeof channelProof>

/** One stretch of the plots, all channels together; the delay for each channel. */
export const proofSlot = z
  .object({
    from: z.int(),
    to: z.int(),
    sent: z.int(),
    dead: z.int(),
    unreachable: z.int(),
    p95Ms: z.object({ telegram: ms, push: ms, mail: ms }),
  })
  .openapi('ProofSlot')
export type ProofSlot = z.infer<typeof proofSlot>

/** A fault of the shop's own settings; `isOver` once the channel has sent again. */
export const trouble = z
  .object({ id: z.int(), channel, at: z.int(), reason: z.string(), isOver: z.boolean() })
  .openapi('Trouble')
export type Trouble = z.infer<typeof trouble>

export const failure = noticeFate
  .pick({
    number: true,
    handover: true,
    kind: true,
    recipient: true,
    device: true,
    to: true,
    channel: true,
    state: true,
  })
  .extend({
    id: z.int(),
    noticeId: z.int(),
    at: z.int(),
    outcome: z.enum(['wait', 'retry', 'final']),
    answer: z.string(),
  })
  .openapi('FailedTry')
export type Failure = z.infer<typeof failure>

export const overviewQuery = z.object({ period: period.default('day') })

export const noticeOverview = z
  .object({
    period,
    from: z.int(),
    now: z.int(),
    channels: z.array(channelProof),
    slots: z.array(proofSlot),
    troubles: z.array(trouble),
    failures: z.array(failure),
    /** How many dead letters there are. */
    dead: z.int(),
  })
  .openapi('NoticeOverview')
export type NoticeOverview = z.infer<typeof noticeOverview>
