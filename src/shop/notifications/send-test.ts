import { listDevices } from '../../db/devices.ts'
import { findByRequestKey } from '../../db/events.ts'
import { addNotice, findNotice } from '../../db/notices.ts'
import { findPerson } from '../../db/people.ts'
import type { Channel } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Shop, Work } from '../work.ts'
import { LANES } from './plan.ts'
import { deviceOf, mailOf, telegramOf } from './route.ts'

export const TEST = 'staff_test'
const WAIT_MS = 10_000
const WINDOW_MS = 10 * 60_000
const MOST_TESTS = 10
const ENDED = ['sent', 'dead', 'dropped']

export interface TestWish {
  actor: Actor & { id: number }
  channel: Channel
  /** Only this device; all of the person's without it. */
  deviceId?: number | undefined
}

interface Target {
  recipient: string
  deviceId: number | null
}

/**
 * Sends the person a test, the whole way that every notice goes. Resolves with the ids of its notices once each has
 * come to an end, or after 10 s. Throws a ShopError that says what is missing.
 */
export async function sendTest(shop: Shop, wish: TestWish): Promise<number[]> {
  const ids = shop.write((work) => planTest(work, wish))
  await untilEnded(shop, ids)
  return ids
}

function planTest(work: Work, { actor, channel, deviceId }: TestWish): number[] {
  const targets = targetsOf(work, actor.id, channel, deviceId)
  const requestKey = freeTest(work, actor.id)
  const eventId = recordEvent(work, {
    type: 'test_asked',
    orderId: null,
    actor,
    data: { channel },
    requestKey,
  })
  return targets.map((target) =>
    addNotice(work.tx, {
      eventId,
      orderId: null,
      channel,
      kind: TEST,
      recipient: target.recipient,
      personId: actor.id,
      deviceId: target.deviceId,
      groupId: null,
      card: 0,
      silent: 0,
      lane: LANES.order,
      dueAt: work.now,
      now: work.now,
    }),
  )
}

function targetsOf(work: Work, personId: number, channel: Channel, deviceId: number | undefined): Target[] {
  const { tx, settings } = work
  switch (channel) {
    case 'telegram':
      return [{ recipient: telegramOf(personId), deviceId: null }]
    case 'push':
      if (!settings.channels.push)
        throw refusal('Web push is switched off on this server: it has no VAPID keys.')
      return devicesOf(work, personId, deviceId)
    case 'mail':
      if (!settings.channels.mail)
        throw refusal('E-mail is switched off on this server: it has no mail server.')
      if (!findPerson(tx, personId)?.email) throw refusal('Save your e-mail address first.')
      return [{ recipient: mailOf(personId), deviceId: null }]
  }
}

function devicesOf(work: Work, personId: number, deviceId: number | undefined): Target[] {
  const devices = listDevices(work.tx, personId).filter(({ id }) => deviceId === undefined || id === deviceId)
  if (devices.length > 0) return devices.map(({ id }) => ({ recipient: deviceOf(id), deviceId: id }))
  throw deviceId === undefined
    ? refusal('None of your devices gets alerts yet. Switch them on first, in a browser.')
    : new ShopError('not_found', 'This device gets no more alerts.')
}

/** Each test takes one of ten places, which are free again ten minutes later. */
function freeTest(work: Work, personId: number): string {
  const window = Math.floor(work.now / WINDOW_MS)
  const places = Array.from({ length: MOST_TESTS }, (_, i) => `test:${personId}:${window}:${i}`)
  const free = places.find((key) => !findByRequestKey(work.tx, key))
  if (!free) throw new ShopError('busy', 'These were many tests. Please wait ten minutes.')
  return free
}

function untilEnded(shop: Shop, ids: readonly number[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = shop.clock.after(WAIT_MS, resolve)
  const stop = shop.listen((change) => {
    if (change.kind !== 'notice' || !ids.includes(change.noticeId)) return
    if (ids.every((id) => ENDED.includes(findNotice(shop.db, id)?.state ?? 'dropped'))) resolve()
  })
  return promise.finally(() => {
    cancel()
    stop()
  })
}

function refusal(sentence: string): ShopError {
  return new ShopError('conflict', sentence)
}
