import { expect, it, onTestFinished } from 'vitest'
import webPush from 'web-push'
import { settableClock } from '../../src/lib/clock.ts'
import { newVapidKeys } from '../../src/lib/vapid.ts'
import { startPushService } from './push-service.ts'

const keys = newVapidKeys()

/** A service and a push for it that is right in every way, ready to be spoilt. */
async function givenPush() {
  const clock = settableClock()
  const service = await startPushService({ clock })
  onTestFinished(service.stop)
  const { endpoint, keys: browserKeys } = service.subscribe(keys.publicKey)
  const authorization = (change: {
    origin?: string
    subject?: string
    signer?: typeof keys
    hours?: number
  }) => {
    const { origin = service.origin, subject = 'https://littleshop.org', signer = keys, hours = 12 } = change
    const expires = Math.floor(clock.now() / 1000) + hours * 3600
    return webPush.getVapidHeaders(origin, subject, signer.publicKey, signer.privateKey, 'aes128gcm', expires)
      .Authorization
  }
  const seal = (text: string) =>
    webPush.encrypt(browserKeys.p256dh, browserKeys.auth, text, 'aes128gcm').cipherText
  const headers = { TTL: '60', 'Content-Encoding': 'aes128gcm', Authorization: authorization({}) }
  const post = async (change: Record<string, string> = {}, body = seal('{}'), to = endpoint) => {
    const kept = Object.entries({ ...headers, ...change }).filter(([, value]) => value !== '')
    const answer = await fetch(to, { method: 'POST', headers: kept, body, redirect: 'manual' })
    const text = await answer.text()
    return text ? `${answer.status} ${JSON.parse(text).reason}` : String(answer.status)
  }
  return { service, clock, endpoint, authorization, seal, post }
}

it('takes a push that is right', async () => {
  const { service, post, endpoint, seal } = await givenPush()
  expect(await post({ Urgency: 'low', Topic: 'order1042' }, seal('{"a":1}'))).toBe('201')
  expect(service.received(endpoint)).toMatchObject([
    { payload: { a: 1 }, ttl: 60, urgency: 'low', topic: 'order1042' },
  ])
})

it('refuses what real push services refuse', async () => {
  const { service, post, endpoint, authorization, seal } = await givenPush()
  const { publicKey } = newVapidKeys()
  expect(await post({ TTL: '' })).toBe('400 BadTtl')
  expect(await post({ TTL: '9999999' })).toBe('400 BadTtl')
  expect(await post({ Urgency: 'urgent' })).toBe('400 BadUrgency')
  expect(await post({ Topic: 'order-1042' })).toBe('400 BadTopic')
  expect(await post({ Topic: 'o'.repeat(33) })).toBe('400 BadTopic')
  expect(await post({ 'Content-Encoding': 'aesgcm' })).toBe('415 BadContentEncoding')
  expect(await post({}, Buffer.alloc(4097))).toBe('413 PayloadTooLarge')
  expect(await post({}, Buffer.alloc(200))).toBe('400 CannotBeDecrypted')
  expect(await post({}, seal('not JSON'))).toBe('400 CannotBeDecrypted')
  expect(await post({ Authorization: '' })).toBe('401 MissingAuthorization')
  expect(await post({ Authorization: 'key=abc' })).toBe('401 BadAuthorization')
  expect(await post({ Authorization: authorization({ origin: 'https://other.org' }) })).toBe(
    '403 BadJwtToken',
  )
  expect(await post({ Authorization: authorization({ subject: 'mailto:a@localhost' }) })).toBe(
    '403 BadJwtToken',
  )
  expect(await post({ Authorization: authorization({ hours: -1 }) })).toBe('403 ExpiredJwtToken')
  expect(await post({ Authorization: authorization({ hours: 25 }) })).toBe('403 ExpiredJwtToken')
  expect(await post({ Authorization: authorization({ signer: newVapidKeys() }) })).toBe(
    '403 VapidPkHashMismatch',
  )
  expect(await post({ Authorization: authorization({}).replace(keys.publicKey, publicKey) })).toBe(
    '403 BadJwtToken',
  )
  expect(await post({}, undefined, `${service.origin}/push/unknown`)).toBe('404 NotFound')
  service.unsubscribe(endpoint)
  expect(await post()).toBe('410 Unregistered')
  expect(service.received()).toEqual([])
})

it('tokens end when their time is over', async () => {
  const { post, clock } = await givenPush()
  clock.advance(13 * 3_600_000)
  expect(await post()).toBe('403 ExpiredJwtToken')
})

it('fails on purpose, for one endpoint or all, as often as told', async () => {
  const { service, post, endpoint } = await givenPush()
  service.faults.answerNext({ endpoint: 'http://elsewhere', with: 500 })
  service.faults.answerNext({ endpoint, with: 503, count: 2 })
  expect([await post(), await post(), await post()]).toEqual(['503', '503', '201'])
  service.faults.answerNext({ with: 'cut' })
  await expect(post()).rejects.toThrow()
  expect(service.calls(endpoint).map((call) => call.answer)).toEqual([503, 503, 201, 'cut'])
})
