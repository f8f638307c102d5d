import { describe, expect, it, onTestFinished } from 'vitest'
import { existing, givenShop, givenStaff, type TestShop } from '../../tests/given.ts'
import { givenApiServer } from '../../tests/given-api.ts'
import { endDevice, findDevice } from '../db/devices.ts'
import { addNotice, findNotice } from '../db/notices.ts'
import { findPerson } from '../db/people.ts'
import type { Role } from '../db/schema.ts'
import { sql } from '../db/statement.ts'
import { newVapidKeys } from '../lib/vapid.ts'
import type { Outcome, Senders } from '../shop/notifications/channel.ts'
import { createDispatcher } from '../shop/notifications/dispatcher.ts'
import { endLostDevices } from '../shop/notifications/end-lost-devices.ts'
import { TOPIC_NAMES } from '../shop/notifications/topics.ts'
import { openSession } from '../shop/staff/sessions.ts'
import type { Alerts, Device, TestResult } from './contract/alerts.ts'
import type { Problem } from './contract/problem.ts'
import type { HttpDeps } from './deps.ts'

const { publicKey } = newVapidKeys()
const ANDROID = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'

interface Wish {
  shop?: TestShop
  push?: HttpDeps['push']
  senders?: Partial<Senders>
}

async function givenServer({ shop = givenShop(), senders = {}, ...wish }: Wish = {}) {
  const check = ({ endpoint }: { endpoint: string }) =>
    endpoint.startsWith('https://push.test/') ? undefined : 'This push service is not known.'
  const push = 'push' in wish ? wish.push : { publicKey, check }
  const { url, log, metrics } = await givenApiServer({
    shop,
    push,
    publicUrl: 'https://shop.test',
    isReceipt: (id, receipt) => receipt === `receipt-of-${id}`,
  })
  const dispatcher = createDispatcher({
    shop,
    log,
    metrics,
    senders: { telegram: async () => ({ kind: 'sent', answer: 'ok', messageId: 7 }), ...senders },
  })
  dispatcher.start()
  onTestFinished(() => dispatcher.stop())

  async function call<T>(method: string, path: string, body?: unknown, token?: string) {
    const headers = {
      'content-type': 'application/json',
      'user-agent': ANDROID,
      ...(token && { authorization: `Bearer ${token}` }),
    }
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T }
  }

  /** A member of staff with calls in their name; `again` is the same person in another browser. */
  function staff(role: Role = 'owner', name = 'Olga') {
    const { id } = givenStaff(shop, role, name)
    const again = () => {
      const made = shop.write((work) =>
        openSession(work, { personId: id, kind: 'browser', userAgent: ANDROID }),
      )
      return {
        id,
        again,
        get: <T = Alerts>(path: string) => call<T>('GET', path, undefined, made.token),
        put: (body: unknown) => call<Alerts & Problem>('PUT', '/alerts', body, made.token),
        post: <T = Device & Problem>(path: string, body: unknown) => call<T>('POST', path, body, made.token),
        remove: (path: string) => call<Problem>('DELETE', path, undefined, made.token),
      }
    }
    return again()
  }

  return { shop, call, staff, dispatcher }
}

let subscriptions = 0

function subscription(change: object = {}) {
  subscriptions += 1
  return {
    endpoint: `https://push.test/${subscriptions}`,
    keys: { p256dh: 'B', auth: 'a' },
    applicationServerKey: publicKey,
    ...change,
  }
}

function eventTypes(shop: TestShop): string[] {
  return shop.db.all(sql.selectFrom('events').select('type').orderBy('id')).map((event) => event.type)
}

describe('how somebody is told', () => {
  it('shows every topic in words, with the defaults of the role', async () => {
    const { staff } = await givenServer()
    const { body } = await staff('packer').get('/alerts')
    expect(body.topics.map(({ topic }) => topic)).toEqual(TOPIC_NAMES)
    for (const { topic, label, about } of body.topics) {
      expect(label).not.toContain('topic-')
      expect(about, topic).not.toMatch(/topic-|^$/)
    }
    expect(body.topics.find(({ topic }) => topic === 'payment_received')).toMatchObject({
      critical: true,
      telegram: { wanted: null, byDefault: false, whenAssigned: true },
      push: { wanted: null, byDefault: true, whenAssigned: true },
    })
    expect(body).toMatchObject({
      push: { publicKey },
      mail: true,
      panelUrl: 'https://shop.test/app/more/alerts',
      quiet: null,
      timezone: null,
      email: null,
      devices: [],
    })
  })

  it('keeps what is chosen, changes nothing else, and goes back to the default', async () => {
    const { staff, shop } = await givenServer()
    const olga = staff()
    const choice = { topic: 'review_left', channel: 'push' }
    const { body } = await olga.put({ choices: [{ ...choice, wanted: true }] })
    const pushOf = (alerts: Alerts) => alerts.topics.find(({ topic }) => topic === 'review_left')?.push.wanted
    expect(pushOf(body)).toBe(true)
    await olga.put({ quiet: { from: 1320, to: 420 }, timezone: 'Europe/Lisbon', urgentAnyway: true })
    await olga.put({ email: ' Olga@Shop.Example ', dailySummary: true })
    const kept = (await olga.get('/alerts')).body
    expect(kept).toMatchObject({
      quiet: { from: 1320, to: 420 },
      timezone: 'Europe/Lisbon',
      urgentAnyway: true,
      dailySummary: true,
      email: 'Olga@shop.example',
    })
    expect(pushOf(kept)).toBe(true)
    const after = (await olga.put({ choices: [{ ...choice, wanted: null }], quiet: null, email: null })).body
    expect(after).toMatchObject({ quiet: null, timezone: 'Europe/Lisbon', email: null })
    expect(pushOf(after)).toBe(null)
    expect(pushOf((await staff('owner', 'Otto').get('/alerts')).body)).toBe(null)
    const events = shop.db.all(sql.selectFrom('events').selectAll().where('type', '=', 'alerts_changed'))
    expect(events.map((event) => event.data)).toEqual(['{}', '{}', '{}', '{}'])
  })

  it.each([
    [{ choices: [{ topic: 'toString', channel: 'push', wanted: true }] }, 'There is no such alert.'],
    [{ quiet: { from: 60, to: 60 } }, /must end at another time/],
    [{ quiet: { from: 60, to: 1440 } }, /quiet.to/],
    [{ timezone: 'Mars/Base' }, /time zone is not known/],
    [{ timezone: '+05:00' }, /time zone is not known/],
    [{ email: 'olga' }, /does not look like an address/],
    [{ other: 1 }, /other/],
  ])('refuses %j in words', async (body, words) => {
    const { staff } = await givenServer()
    const answer = await staff().put(body)
    expect(answer.status).toBe(400)
    expect(answer.body.message).toMatch(words)
  })

  it('gives the daily summary to owners only', async () => {
    const { staff } = await givenServer()
    expect((await staff('manager').put({ dailySummary: true })).status).toBe(403)
  })
})

describe('devices', () => {
  it('are added once, named, shown as the one that asks, and removed', async () => {
    const { staff, shop } = await givenServer()
    const phone = staff()
    const desk = phone.again()
    const browser = subscription()
    const first = await phone.post('/push/devices', browser)
    expect(first).toMatchObject({ status: 200, body: { name: 'Chrome on Android', current: true } })
    shop.clock.advance(60_000)
    const again = await phone.post('/push/devices', { ...browser, name: 'My phone' })
    expect(again.body).toMatchObject({ id: first.body.id, name: 'My phone', seenAt: shop.clock.now() })
    // A start of the panel does not take the name away.
    expect((await phone.post('/push/devices', browser)).body.name).toBe('My phone')
    await desk.post('/push/devices', subscription({ applicationServerKey: null }))
    expect((await desk.get('/alerts')).body.devices.map(({ current }) => current)).toEqual([false, true])

    expect((await staff('owner', 'Eve').remove(`/push/devices/${first.body.id}`)).status).toBe(404)
    expect((await desk.remove(`/push/devices/${first.body.id}`)).status).toBe(204)
    expect((await desk.remove(`/push/devices/${first.body.id}`)).status).toBe(404)
    // It may be lost: whoever has it is signed out.
    expect((await phone.get('/alerts')).status).toBe(401)
    const [own] = (await desk.get('/alerts')).body.devices
    expect((await desk.remove(`/push/devices/${own?.id}`)).status).toBe(204)
    expect((await desk.get('/alerts')).body.devices).toEqual([])
    expect(eventTypes(shop)).toEqual(['device_added', 'device_added', 'device_removed', 'device_removed'])
  })

  it('belong to whoever is signed in there', async () => {
    const { staff, shop } = await givenServer()
    const [olga, pedro] = [staff(), staff('packer', 'Pedro')]
    const browser = subscription()
    const { id } = (await olga.post('/push/devices', browser)).body
    const own = (await pedro.post('/push/devices', browser)).body
    expect(own.id).not.toBe(id)
    expect((await olga.get('/alerts')).body.devices).toEqual([])
    expect(findDevice(shop.db, id)).toMatchObject({
      endpoint: null,
      end_reason: 'somebody else signed in there',
    })
  })

  it('are one for each browser, and twenty for each person', async () => {
    const { staff, shop } = await givenServer()
    const olga = staff()
    const first = (await olga.post('/push/devices', subscription())).body
    const anew = (await olga.post('/push/devices', subscription())).body
    expect((await olga.get('/alerts')).body.devices.map(({ id }) => id)).toEqual([anew.id])
    expect(findDevice(shop.db, first.id)?.end_reason).toBe('the browser has subscribed anew')
    for (let i = 0; i < 20; i += 1) {
      shop.clock.advance(1000)
      await olga.again().post('/push/devices', subscription())
    }
    const { devices } = (await olga.get('/alerts')).body
    expect(devices).toHaveLength(20)
    expect(devices.map(({ id }) => id)).not.toContain(anew.id)
  })

  it('are refused where no push could reach them, in words', async () => {
    const { staff, shop } = await givenServer()
    const olga = staff()
    const elsewhere = await olga.post('/push/devices', subscription({ endpoint: 'https://10.0.0.1/x' }))
    expect(elsewhere).toMatchObject({ status: 400, body: { message: 'This push service is not known.' } })
    const other = subscription({ applicationServerKey: newVapidKeys().publicKey })
    expect(await olga.post('/push/devices', other)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('subscribe again') },
    })
    const off = (await givenServer({ shop, push: undefined })).call
    expect((await off('POST', '/push/devices', subscription())).status).toBe(401)
    expect(shop.db.all(sql.selectFrom('devices').select('id'))).toEqual([])
  })

  it('that have ended are not taken up again: their browser has to subscribe anew', async () => {
    const { staff, shop } = await givenServer()
    const olga = staff()
    const browser = { ...subscription(), isOld: true }
    const { id } = (await olga.post('/push/devices', { ...browser, isOld: false })).body
    expect(await olga.post('/push/devices', browser)).toMatchObject({ status: 200, body: { id } })
    shop.db.write((tx) => endDevice(tx, { id, reason: '410', now: shop.clock.now() }))
    expect(await olga.post('/push/devices', browser)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('subscribe again') },
    })
    expect((await olga.get('/alerts')).body.devices).toEqual([])
  })

  it('end when they are lost, and their people are told in the chat', async () => {
    const { staff, shop, dispatcher } = await givenServer()
    const olga = staff()
    const { id } = (await olga.post('/push/devices', subscription())).body
    expect(endLostDevices(shop, publicKey)).toBe(0)
    expect(endLostDevices(shop, undefined)).toBe(0)
    expect(endLostDevices(shop, newVapidKeys().publicKey)).toBe(1)
    expect(findDevice(shop.db, id)).toMatchObject({ endpoint: null, end_reason: 'the push key was changed' })
    const outdated = (await olga.post('/push/devices', subscription())).body
    shop.clock.advance(31 * 24 * 3_600_000)
    expect(endLostDevices(shop, publicKey)).toBe(1)
    expect(endLostDevices(shop, publicKey)).toBe(0)
    expect(findDevice(shop.db, outdated.id)?.end_reason).toBe('its sign-in has run out')
    await dispatcher.idle()
    const told = shop.db.all(sql.selectFrom('notices').select(['kind', 'recipient', 'state']))
    const row = { kind: 'staff_device_ended', recipient: `telegram:${olga.id}`, state: 'sent' }
    expect(told).toEqual([row, row])
  })
})

describe('receipts', () => {
  function givenNotice(shop: TestShop, personId: number): number {
    return shop.write(({ tx, now }) => {
      const event = sql.insertInto('events').values({
        order_id: null,
        type: 'test_asked',
        at: now,
        actor_kind: 'staff',
        actor_id: personId,
        actor_name: 'Olga',
        source: 'panel',
        from_fulfilment: null,
        from_payment: null,
        data: '{}',
        request_key: null,
      })
      return addNotice(tx, {
        eventId: tx.run(event).id,
        orderId: null,
        channel: 'push',
        kind: 'staff_test',
        recipient: 'device:1',
        personId,
        deviceId: null,
        groupId: null,
        card: 0,
        silent: 0,
        lane: 0,
        dueAt: now + 60_000,
        now,
      })
    })
  }

  it('say when a notice was shown and opened, once, to whoever holds them', async () => {
    const { shop, call, staff } = await givenServer()
    const notice = givenNotice(shop, staff().id)
    const told: number[] = []
    shop.listen((change) => void (change.kind === 'notice' && told.push(change.noticeId)))
    const report = (what: string, receipt = `receipt-of-${notice}`) =>
      call('POST', '/push/receipts', { notice, receipt, what })
    const fate = () => existing(findNotice(shop.db, notice))

    expect((await report('shown', 'made-up')).status).toBe(403)
    expect((await report('eaten')).status).toBe(400)
    expect(fate()).toMatchObject({ shown_at: null, opened_at: null })
    const shownAt = shop.clock.now()
    expect((await report('shown')).status).toBe(204)
    shop.clock.advance(5000)
    expect((await report('shown')).status).toBe(204)
    expect((await report('opened')).status).toBe(204)
    shop.clock.advance(5000)
    expect((await report('opened')).status).toBe(204)
    expect(fate()).toMatchObject({ shown_at: shownAt, opened_at: shownAt + 5000 })
    expect(told).toEqual([notice, notice])
    const gone = { notice: 999, receipt: 'receipt-of-999', what: 'shown' }
    expect((await call('POST', '/push/receipts', gone)).status).toBe(404)
  })

  it('of an opened notice say that it was shown, too', async () => {
    const { shop, call, staff } = await givenServer()
    const notice = givenNotice(shop, staff().id)
    await call('POST', '/push/receipts', { notice, receipt: `receipt-of-${notice}`, what: 'opened' })
    expect(findNotice(shop.db, notice)).toMatchObject({
      shown_at: shop.clock.now(),
      opened_at: shop.clock.now(),
    })
  })
})

describe('a test', () => {
  const test = '/notifications/test'

  it('goes the whole way, and answers with each stage', async () => {
    const { staff, shop } = await givenServer()
    const { status, body } = await staff().post<TestResult>(test, { channel: 'telegram' })
    expect(status).toBe(200)
    expect(body.notices).toMatchObject([
      {
        kind: 'staff_test',
        channel: 'telegram',
        recipient: 'Olga',
        state: 'sent',
        sentAt: shop.clock.now(),
        tries: [{ outcome: 'sent', answer: 'ok' }],
      },
    ])
    expect(eventTypes(shop)).toEqual(['test_asked'])
  })

  it('goes to one device or to all, and says which one failed', async () => {
    const { staff, dispatcher, shop } = await givenServer({
      senders: {
        push: async ({ device }) =>
          device.endpoint.endsWith('broken')
            ? { kind: 'final', answer: '410', ended: 'the browser has ended this subscription' }
            : { kind: 'sent', answer: '201 in 3 ms' },
      },
    })
    const olga = staff()
    const { id } = (await olga.post('/push/devices', subscription())).body
    await olga.again().post('/push/devices', subscription({ endpoint: 'https://push.test/broken' }))
    const all = (await olga.post<TestResult>(test, { channel: 'push' })).body.notices
    expect(all.map(({ state, lastError }) => [state, lastError])).toEqual([
      ['sent', null],
      ['dead', '410'],
    ])
    const one = (await olga.post<TestResult>(test, { channel: 'push', deviceId: id })).body.notices
    expect(one.map(({ state }) => state)).toEqual(['sent'])
    expect((await olga.post(test, { channel: 'push', deviceId: 999 })).status).toBe(404)
    await dispatcher.idle()
    expect(findDevice(shop.db, id)?.delivered_at).toBe(shop.clock.now())
  })

  it('answers after ten seconds with how far it came', async () => {
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const telegram = async (): Promise<Outcome> => {
      asked.resolve()
      await answered.promise
      return { kind: 'sent', answer: 'ok' }
    }
    const { staff, shop } = await givenServer({ senders: { telegram } })
    const answer = staff().post<TestResult>(test, { channel: 'telegram' })
    await asked.promise
    shop.clock.advance(10_000)
    expect((await answer).body.notices).toMatchObject([{ state: 'sending', sentAt: null, tries: [] }])
    answered.resolve()
  })

  it('is refused in words where it could not arrive', async () => {
    const { staff } = await givenServer()
    const olga = staff()
    const refused = async (body: object) => (await olga.post(test, body)).body.message
    expect(await refused({ channel: 'push' })).toMatch(/None of your devices/)
    expect(await refused({ channel: 'mail' })).toBe('Save your e-mail address first.')
    expect(await refused({ channel: 'pigeon' })).toMatch(/channel/)
    const shop = givenShop({ channels: { push: false, mail: false } })
    const other = (await givenServer({ shop, push: undefined })).staff()
    for (const channel of ['push', 'mail']) {
      expect(await other.post(test, { channel })).toMatchObject({ status: 409, body: { code: 'conflict' } })
    }
    expect((await other.post('/push/devices', subscription())).body.message).toMatch(/switched off/)
  })

  it('can be asked for ten times in ten minutes', async () => {
    const { staff, shop } = await givenServer()
    const [olga, otto] = [staff(), staff('owner', 'Otto')]
    for (let i = 0; i < 10; i += 1) expect((await olga.post(test, { channel: 'telegram' })).status).toBe(200)
    expect(await olga.post(test, { channel: 'telegram' })).toMatchObject({
      status: 503,
      body: { message: 'These were many tests. Please wait ten minutes.' },
    })
    expect((await otto.post(test, { channel: 'telegram' })).status).toBe(200)
    shop.clock.advance(600_000)
    expect((await olga.post(test, { channel: 'telegram' })).status).toBe(200)
    expect(findPerson(shop.db, olga.id)?.reach).toBe('ok')
  })
})
