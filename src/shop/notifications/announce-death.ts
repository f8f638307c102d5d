import type { DeviceRow } from '../../db/devices.ts'
import { findByRequestKey } from '../../db/events.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { findOrder } from '../../db/orders.ts'
import { findNamedNotice } from '../../db/proof.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM, type Work } from '../work.ts'
import { addRoute, planForStaff } from './plan.ts'
import { telegramOf } from './route.ts'

const CHANNEL_WORDS = { telegram: 'Telegram', push: 'push', mail: 'e-mail' } as const

/** A notice that reports on another, or that somebody waits for on the screen, is not reported when it dies in turn. */
const UNREPORTED = ['staff_notice_gave_up', 'staff_device_ended', 'staff_test', 'staff_settled']

/** Tells staff that a notice gave up: once for each order and recipient, however many of its notices die. */
export function announceDeath(work: Work, notice: NoticeRow, reason: string): void {
  if (UNREPORTED.includes(notice.kind)) return
  const requestKey = `gave_up:${notice.order_id ?? 'shop'}:${notice.recipient}:${notice.order_id ?? notice.id}`
  if (findByRequestKey(work.tx, requestKey)) return
  const named = findNamedNotice(work.tx, notice.id)
  const recipient = named?.group_title ?? named?.person_name ?? ''
  const data = { kind: notice.kind, channel: CHANNEL_WORDS[notice.channel], recipient, reason }
  const event = { type: 'notice_gave_up', actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId: notice.order_id, data, requestKey })
  const order = notice.order_id === null ? undefined : findOrder(work.tx, notice.order_id)
  planForStaff(work, { ...event, id }, order && { order })
}

/** Tells somebody in the chat that one of their devices gets no more alerts, so that they can switch them on again. */
export function announceEndedDevice(work: Work, device: DeviceRow, reason: string): void {
  const event = { type: 'device_ended', orderId: null, actor: SYSTEM }
  const eventId = recordEvent(work, { ...event, data: { device: device.name, reason } })
  const { person_id: personId } = device
  const to = { personId, deviceId: null, groupId: null, dueAt: work.now, silent: false }
  const route = { ...to, channel: 'telegram', recipient: telegramOf(personId) } as const
  addRoute(work, eventId, null, route, 'staff_device_ended')
}
