import { endDevice, findDevice, setDeviceDelivered } from '../../db/devices.ts'
import { findEvent } from '../../db/events.ts'
import type { NoticeRow } from '../../db/notices.ts'
import {
  dropNoticesTo,
  noticeEnded,
  noticeKept,
  noticePutOff,
  noticeRetried,
  noticeSent,
} from '../../db/outbox.ts'
import { findPaymentRequest } from '../../db/payment-requests.ts'
import { setReach } from '../../db/people.ts'
import { addAttempt, addTally } from '../../db/proof.ts'
import { findStaffGroup, moveStaffGroup } from '../../db/staff-groups.ts'
import { backoffMs } from '../../lib/backoff.ts'
import { failRequest } from '../payments/fail-request.ts'
import { closeGroup } from '../staff/staff-groups.ts'
import { SYSTEM, type Work } from '../work.ts'
import { announceDeath, announceEndedDevice } from './announce-death.ts'
import { announceTrouble } from './announce-trouble.ts'
import type { Outcome } from './channel.ts'
import { isForStaff } from './staff-notices.ts'

/** Doubling from 1 s to 10 min, this many tries take a day. */
const MAX_ATTEMPTS = 150
const HOUR_MS = 3_600_000
const MAX_ANSWER = 300

export interface Tried {
  notice: NoticeRow
  outcome: Outcome
  /** When the channel was asked, ms since 1970. */
  startedAt: number
  redrawAt?: number | undefined
  /** The message was taken away: the notice has done its duty. */
  takesAway?: boolean | undefined
}

/** Writes down what became of a try, and what follows from it. */
export function settle(work: Work, tried: Tried, random: () => number): void {
  const { notice, outcome } = tried
  keepAttempt(work, tried)
  if (outcome.kind === 'sent') settleSent(work, tried, outcome)
  else if (outcome.kind === 'retry') settleRetry(work, notice, outcome, random)
  else if (outcome.kind === 'final') settleFinal(work, notice, outcome)
  else if (outcome.kind === 'wait') pause(work, notice, work.now + outcome.ms, false, outcome.answer)
  else pause(work, notice, outcome.until, false, null)
}

/** Ends a notice that nobody needs any more. One that was tried until it was too late counts as one that never arrived. */
export function settleDropped(
  work: Work,
  notice: NoticeRow,
  { drop, isTooLate = false }: { drop: string; isTooLate?: boolean | undefined },
): void {
  const wasTried = notice.attempts > 1 || notice.last_error !== null
  if (isTooLate && wasTried) die(work, notice, notice.last_error ?? drop, { quiet: true })
  else noticeEnded(work.tx, { id: notice.id, state: 'dropped', error: drop, now: work.now })
}

/** Has a notice wait for the end of its reader's quiet hours, as if it had been planned in them. */
export function settlePutOff({ tx, now }: Work, { id }: NoticeRow, until: number): void {
  noticePutOff(tx, { id, until, now })
}

/** A card drawn again is no news: only tries that send something new, or go wrong, are kept. */
function keepAttempt(work: Work, { notice, outcome, startedAt }: Tried): void {
  if (outcome.kind === 'later' || (outcome.kind === 'sent' && notice.message_id !== null)) return
  addAttempt(work.tx, {
    noticeId: notice.id,
    at: startedAt,
    tookMs: work.now - startedAt,
    outcome: outcome.kind,
    answer: outcome.answer.slice(0, MAX_ANSWER),
  })
}

function settleSent(work: Work, tried: Tried, outcome: Outcome & { kind: 'sent' }): void {
  const { notice, redrawAt = null, takesAway } = tried
  const { tx, now } = work
  if (takesAway) {
    noticeEnded(tx, { id: notice.id, state: 'dropped', error: 'taken away again', now })
    return
  }
  const messageId = outcome.messageId ?? null
  noticeSent(tx, { id: notice.id, revision: notice.revision, messageId, redrawAt, now })
  if (notice.sent_at !== null) return
  if (notice.device_id !== null) setDeviceDelivered(tx, { id: notice.device_id, now })
  tally(work, notice, 'sent', now - notice.planned_at)
}

function settleRetry(
  work: Work,
  notice: NoticeRow,
  outcome: Outcome & { kind: 'retry' },
  random: () => number,
): void {
  if (outcome.trouble) announceRefusal(work, notice, outcome.trouble)
  if (outcome.movedTo !== undefined && notice.group_id !== null)
    followGroup(work, notice.group_id, outcome.movedTo)
  if (notice.attempts >= MAX_ATTEMPTS) die(work, notice, outcome.answer)
  else pause(work, notice, work.now + backoffMs(notice.attempts, random), true, outcome.answer)
}

function settleFinal(work: Work, notice: NoticeRow, outcome: Outcome & { kind: 'final' }): void {
  const { tx, now } = work
  const { reach, ended } = outcome
  const isNews = !reach || notice.person_id === null || setReach(tx, notice.person_id, reach)
  // That one of the staff blocked the bot is said once; that a customer cannot be told, for each of their orders.
  die(work, notice, outcome.answer, {
    unreachable: Boolean(reach ?? ended),
    quiet: !isNews && isForStaff(notice.kind),
  })
  if (notice.kind === 'payment_request' && !reach && !ended) failAsked(work, notice, outcome.answer)
  if (outcome.ended === undefined) return
  if (notice.group_id !== null) closeGroup(work, notice.group_id, SYSTEM, outcome.ended)
  else dropNoticesTo(tx, { recipient: notice.recipient, reason: outcome.ended, now })
  const device = notice.device_id === null ? undefined : findDevice(tx, notice.device_id)
  if (device && endDevice(tx, { id: device.id, reason: outcome.ended, now })) {
    announceEndedDevice(work, device, outcome.ended)
  }
}

/** An invoice that Telegram refuses can never be paid: the customer hears so, and can pay another way. */
function failAsked(work: Work, { event_id: eventId }: NoticeRow, reason: string): void {
  const data = JSON.parse(findEvent(work.tx, eventId)?.data ?? '{}') as { requestId?: number }
  const request = findPaymentRequest(work.tx, data.requestId ?? 0)
  if (request?.state === 'open') failRequest(work, request, reason)
}

function pause(
  work: Work,
  notice: NoticeRow,
  dueAt: number,
  countsAsAttempt: boolean,
  error: string | null,
): void {
  const { id, recipient } = notice
  noticeRetried(work.tx, { id, recipient, dueAt, error, countsAsAttempt, now: work.now })
}

function die(
  work: Work,
  notice: NoticeRow,
  reason: string,
  { unreachable = false, quiet = false } = {},
): void {
  // What arrived once has arrived, even if it cannot be changed any more.
  if (notice.message_id !== null) {
    noticeKept(work.tx, { id: notice.id, error: reason, now: work.now })
    return
  }
  noticeEnded(work.tx, { id: notice.id, state: 'dead', error: reason, now: work.now })
  tally(work, notice, unreachable ? 'unreachable' : 'dead', 0)
  if (!quiet) announceDeath(work, notice, reason)
}

function tally(
  work: Work,
  notice: NoticeRow,
  outcome: 'sent' | 'dead' | 'unreachable',
  delayMs: number,
): void {
  const hour = Math.floor(work.now / HOUR_MS)
  addTally(work.tx, { hour, channel: notice.channel, outcome, bucket: bucketOf(delayMs) })
}

/** In which bucket a delay is counted: neighbours differ by 9 %. */
export function bucketOf(delayMs: number): number {
  return Math.round(8 * Math.log2(1 + Math.max(delayMs, 0)))
}

/** The delay in the middle of a bucket, in ms. */
export function delayOf(bucket: number): number {
  return Math.round(2 ** (bucket / 8) - 1)
}

/** A wrong setting is told once an hour, not with every message it spoils. */
function announceRefusal(work: Work, notice: NoticeRow, words: string): void {
  const { channel } = notice
  const key = `trouble:${channel}:${Math.floor(work.now / HOUR_MS)}`
  announceTrouble(work, { key, type: 'shop_trouble', data: { channel, reason: words } })
}

function followGroup(work: Work, groupId: number, to: number): void {
  const group = findStaffGroup(work.tx, groupId)
  if (!group) return
  moveStaffGroup(work.tx, { from: group.chat_id, to })
  // Where it moved to somebody has said already whether it is told: the old place can never be written to again.
  if (findStaffGroup(work.tx, groupId)?.chat_id === group.chat_id)
    closeGroup(work, groupId, SYSTEM, 'the group has moved, and is known there')
}
