import { describe, expect, test } from 'vitest'
import type { PushPayload } from '../../../src/http/contract/push.ts'
import { readPayload } from './read-payload.ts'

const ORIGIN = 'https://shop.example'

const PUSH: PushPayload = {
  web_push: 8030,
  notification: {
    title: 'New order #1042',
    body: '3 items · €54.20',
    navigate: `${ORIGIN}/app/orders/1042`,
    lang: 'en',
    dir: 'auto',
    silent: false,
    tag: 'order-1042',
    app_badge: '7',
  },
  app_badge: 7,
  kind: 'staff_order',
  notice: { id: 12, receipt: 'r'.repeat(16) },
  action: { label: 'Accept', step: 'accept', orderId: 1042, version: 1 },
}

describe('a push', () => {
  test('is read as the shop sends it', () => {
    expect(readPayload(JSON.stringify(PUSH), ORIGIN)).toEqual({
      title: 'New order #1042',
      body: '3 items · €54.20',
      navigate: '/app/orders/1042',
      lang: 'en',
      silent: false,
      tag: 'order-1042',
      badge: 7,
      notice: PUSH.notice,
      action: PUSH.action,
    })
  })

  test('that is empty, broken or not ours still says something and leads to the panel', () => {
    for (const text of [
      undefined,
      '',
      'Hello',
      '{"notification":',
      'null',
      '7',
      '[]',
      '{"notification":3}',
    ]) {
      expect([text, readPayload(text, ORIGIN)]).toMatchObject([
        text,
        { title: 'LittleShop', body: 'Something is new in the shop.', navigate: '/app', action: undefined },
      ])
    }
  })

  test('with broken parts keeps the others', () => {
    const broken = { ...PUSH, app_badge: -1, notice: { id: 'x' }, action: { label: 'Accept' } }
    const notification = { ...PUSH.notification, body: 5, app_badge: 'many' }
    expect(readPayload(JSON.stringify({ ...broken, notification }), ORIGIN)).toMatchObject({
      title: 'New order #1042',
      body: '',
      badge: undefined,
      notice: undefined,
      action: undefined,
    })
  })

  test('leads nowhere but into the panel', () => {
    const at = (navigate: string) =>
      readPayload(JSON.stringify({ ...PUSH, notification: { ...PUSH.notification, navigate } }), ORIGIN)
        .navigate
    expect(at('/app/orders?stage=placed')).toBe('/app/orders?stage=placed')
    for (const elsewhere of [
      'https://evil.example/app',
      'javascript:alert(1)',
      '/api/me',
      '/application',
      '//x/app',
    ]) {
      expect([elsewhere, at(elsewhere)]).toEqual([elsewhere, '/app'])
    }
  })
})
