import { z } from '@hono/zod-openapi'
import { handover } from './handover.ts'

export const channel = z.enum(['telegram', 'push', 'mail'])
export type Channel = z.infer<typeof channel>

export const period = z.enum(['day', 'week', 'month'])
export type Period = z.infer<typeof period>

/** What became of one notice to one recipient on one channel. Times are ms since 1970 UTC. */
export const noticeFate = z
  .object({
    id: z.int(),
    /** What happened: notices of one event tell the same news. */
    eventId: z.int(),
    /** The order's number, null for news about the shop itself. */
    number: z.int().nullable(),
    /** How that order gets to the customer. */
    handover: handover.nullable(),
    kind: z.string(),
    recipient: z.string(),
    /** Which of a person's devices, for a push. */
    device: z.string().nullable(),
    to: z.enum(['customer', 'staff', 'group']),
    channel,
    /** `dropped`: nobody needed it any more; `undone`: taken back with its step; `dead`: given up. */
    state: z.enum(['waiting', 'sending', 'sent', 'dead', 'undone', 'dropped']),
    attempts: z.int(),
    plannedAt: z.int(),
    dueAt: z.int(),
    sentAt: z.int().nullable(),
    shownAt: z.int().nullable(),
    openedAt: z.int().nullable(),
    updatedAt: z.int(),
    lastError: z.string().nullable(),
    /** Nobody can be reached there now: they blocked the bot, or the device or group has ended. */
    unreachable: z.boolean(),
    /** For a dead one: on which other channel the same person got the same news. */
    toldBy: channel.nullable(),
  })
  .openapi('NoticeFate')
export type NoticeFate = z.infer<typeof noticeFate>

/** One try to deliver a notice, with the channel's own answer. */
export const attempt = z
  .object({
    at: z.int(),
    tookMs: z.int(),
    outcome: z.enum(['sent', 'wait', 'retry', 'final']),
    answer: z.string(),
  })
  .openapi('NoticeAttempt')
export type Attempt = z.infer<typeof attempt>

export const noticeProof = noticeFate.extend({ tries: z.array(attempt) }).openapi('NoticeProof')
export type NoticeProof = z.infer<typeof noticeProof>

export const noticeDetail = noticeProof
  .extend({
    createdAt: z.int(),
    /** On which channels its news can be told once more, now. */
    ways: z.array(channel),
  })
  .openapi('NoticeDetail')
export type NoticeDetail = z.infer<typeof noticeDetail>

const noticeId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const noticeParams = z.object({
  id: noticeId.openapi({ param: { name: 'id', in: 'path' }, example: 7 }),
})

export const resendBody = z.object({ channel: channel.optional() }).strict().openapi('ResendNotice')

export const deadListQuery = z.object({
  before: noticeId.optional().openapi({ description: 'Only dead letters with an id below this one.' }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const deadList = z
  .object({
    notices: z.array(noticeFate),
    /** Pass as `before` for the next page; null at the end. */
    next: z.int().nullable(),
    /** How many there are in all. */
    count: z.int(),
    /** How many of those are for somebody who cannot be reached; the others were given up. */
    unreachable: z.int(),
  })
  .openapi('DeadLetters')
export type DeadList = z.infer<typeof deadList>

export const resendDeadBody = z
  .object({ upTo: z.int().min(1) })
  .strict()
  .openapi('ResendDeadLetters')

export const resendDeadAnswer = z.object({ count: z.int() }).openapi('DeadLettersResent')
export type ResendDeadAnswer = z.infer<typeof resendDeadAnswer>
