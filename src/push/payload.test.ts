import { describe, expect, it } from 'vitest'
import type { PushMessage } from '../shop/notifications/message.ts'
import type { PushPayload } from '../shop/notifications/push-payload.ts'
import { makePayload, smallestPayload } from './payload.ts'

const message: PushMessage = {
  noticeId: 7,
  kind: 'staff_order',
  title: 'New order #1042',
  body: '3 items · €54.20',
  language: 'en',
  path: '/orders/1042',
  tag: 'order-1042',
  silent: false,
  action: { label: 'Accept', orderId: 1042, version: 1, step: 'accept' },
  badge: 4,
  urgency: 'high',
  ttlSeconds: 86_400,
}
const settings = { publicUrl: 'https://littleshop.org', receipt: 'abcdefghijklmnop' }

function made(change: Partial<PushMessage> = {}): PushPayload {
  const text = makePayload({ ...message, ...change }, settings)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048)
  return JSON.parse(text)
}

describe('the payload of a push', () => {
  it('is a declarative push message with what the service worker needs', () => {
    expect(made()).toEqual({
      web_push: 8030,
      notification: {
        title: 'New order #1042',
        body: '3 items · €54.20',
        navigate: 'https://littleshop.org/app/orders/1042',
        lang: 'en',
        dir: 'auto',
        silent: false,
        tag: 'order-1042',
        app_badge: '4',
      },
      app_badge: 4,
      kind: 'staff_order',
      notice: { id: 7, receipt: 'abcdefghijklmnop' },
      action: { label: 'Accept', orderId: 1042, version: 1, step: 'accept' },
    })
  })

  it('shortens the body first and keeps the action', () => {
    const { notification, action } = made({ body: 'many words '.repeat(1000) })
    expect(notification.body).toMatch(/^many words .*…$/)
    expect(notification.body.length).toBe(1000)
    expect(action).toEqual(message.action)
    expect(made({ body: '🎁'.repeat(5000) }).notification.body).toMatch(/^(🎁){149}…$/u)
  })

  it('drops the action when shortening is not enough, then the body', () => {
    const action = { label: 'A'.repeat(2000), orderId: 1042, version: 1, step: 'accept' as const }
    expect(made({ action }).action).toBeUndefined()
    expect(made({ action }).notification.body).toBe('3 items · €54.20')
    const { notification } = made({ path: `/orders?${'q'.repeat(1500)}`, body: '\u0000'.repeat(500) })
    expect(notification.body).toBe('')
    expect(notification.title).toBe('New order #1042')
  })

  it('stays below 2 kB whatever comes in', () => {
    for (const text of ['a', 'é', '漢', '🎁', '"', '\u0000', '\ud800'].map((one) => one.repeat(20_000))) {
      const action = { label: text, orderId: 1042, version: 1, step: 'accept' as const }
      const { notification } = made({ title: text, body: text, path: `/${text}`, tag: text, action })
      expect(notification.title.length).toBeGreaterThan(20)
      expect(notification.navigate).toBe('https://littleshop.org/app')
    }
  })

  it('has a smallest form that still says what it is about and where it leads', () => {
    const small: PushPayload = JSON.parse(smallestPayload(message, settings))
    expect(small.notification).toMatchObject({ title: 'New order #1042', body: '', tag: 'order-1042' })
    expect(small.notification.navigate).toBe('https://littleshop.org/app/orders/1042')
    expect(small).not.toHaveProperty('action')
  })
})
