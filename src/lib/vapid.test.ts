import { describe, expect, it } from 'vitest'
import { belongTogether, isVapidPrivateKey, isVapidPublicKey, isVapidSubject, newVapidKeys } from './vapid.ts'

describe('VAPID keys', () => {
  it('have the right form and belong together, always', () => {
    // 600 pairs hold a private key with a leading zero byte nine times in ten.
    for (let i = 0; i < 600; i++) {
      const keys = newVapidKeys()
      expect(isVapidPublicKey(keys.publicKey)).toBe(true)
      expect(isVapidPrivateKey(keys.privateKey)).toBe(true)
      expect(belongTogether(keys)).toBe(true)
    }
  })

  it('of two pairs do not belong together, nor do keys that are no keys', () => {
    const [one, other] = [newVapidKeys(), newVapidKeys()]
    expect(belongTogether({ ...one, privateKey: other.privateKey })).toBe(false)
    expect(belongTogether({ ...one, privateKey: 'A'.repeat(43) })).toBe(false)
    expect(isVapidPublicKey(one.privateKey)).toBe(false)
    expect(isVapidPublicKey(`${one.publicKey}=`)).toBe(false)
    expect(isVapidPrivateKey(one.publicKey)).toBe(false)
  })
})

describe('the VAPID subject', () => {
  it.each([
    'mailto:olga@littleshop.org',
    'mailto:olga+push@mail.littleshop.co.uk',
    'https://littleshop.org',
    'https://littleshop.fly.dev/contact',
    'https://xn--bcher-kva.de:8443',
  ])('%s will do', (subject) => expect(isVapidSubject(subject)).toBe(true))

  it.each([
    'mailto:olga@localhost',
    'mailto:olga@shop.local',
    'mailto:olga@shop.invalid',
    'mailto:olga@shop.test',
    'mailto:you@shop.example',
    'mailto: olga@littleshop.org',
    'mailto:<olga@littleshop.org>',
    'mailto:olga@littleshop.org, pia@littleshop.org',
    'mailto:olga@littleshop',
    'mailto:olga@192.168.1.1',
    'mailto:olga',
    'olga@littleshop.org',
    'https://localhost',
    'https://localhost:8080',
    'https://127.0.0.1',
    'https://[::1]',
    'https://192.168.1.1',
    'https://0x7f000001',
    'https://shop.local',
    'https://olga@littleshop.org',
    'https://littleshop.org <olga>',
    'http://littleshop.org',
    'https://',
    '',
  ])('%s will not do', (subject) => expect(isVapidSubject(subject)).toBe(false))
})
