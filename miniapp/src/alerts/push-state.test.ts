import { describe, expect, it } from 'vitest'
import { type BrowserFacts, pushStateOf, wasOn } from './push-state.ts'

const FRESH: BrowserFacts = {
  insideTelegram: false,
  isApple: false,
  isInstalled: false,
  canPush: true,
  permission: 'default',
  serverKey: 'key',
  subscribedWith: undefined,
  isKnown: false,
  isWished: false,
  failed: false,
}
const ON: BrowserFacts = {
  ...FRESH,
  permission: 'granted',
  subscribedWith: 'key',
  isKnown: true,
  isWished: true,
}

describe('the state of alerts in a browser', () => {
  it.each<[string, BrowserFacts, string]>([
    ['nobody asked yet', FRESH, 'ask'],
    ['asked, but closed without an answer', { ...FRESH, failed: false }, 'ask'],
    ['allowed, but switched off here', { ...FRESH, permission: 'granted' }, 'ask'],
    ['on', ON, 'on'],
    ['on, in a browser that does not tell its key', { ...ON, subscribedWith: null }, 'on'],
    ['still on, although a later try failed', { ...ON, failed: true }, 'on'],
    ['the browser has dropped the subscription', { ...ON, subscribedWith: undefined }, 'ended'],
    ['the shop has ended this device', { ...ON, isKnown: false }, 'ended'],
    ['the shop has a new key', { ...ON, subscribedWith: 'old' }, 'ended'],
    ['subscribed before this browser kept wishes', { ...ON, isKnown: false, isWished: false }, 'ended'],
    ['could not be switched on', { ...FRESH, permission: 'granted', failed: true }, 'failed'],
    ['could not be renewed', { ...ON, isKnown: false, failed: true }, 'failed'],
    ['blocked', { ...FRESH, permission: 'denied' }, 'blocked'],
    ['blocked after it was on', { ...ON, permission: 'denied' }, 'blocked'],
    ['a tab on an iPhone', { ...FRESH, canPush: false, isApple: true }, 'install'],
    [
      'an old iPhone, installed',
      { ...FRESH, canPush: false, isApple: true, isInstalled: true },
      'unsupported',
    ],
    ['an installed panel on an iPhone', { ...FRESH, isApple: true, isInstalled: true }, 'ask'],
    ['an old browser', { ...FRESH, canPush: false }, 'unsupported'],
    ['inside Telegram', { ...FRESH, insideTelegram: true, canPush: false }, 'telegram'],
    [
      'inside Telegram on an iPhone',
      { ...FRESH, insideTelegram: true, isApple: true, canPush: false },
      'telegram',
    ],
    ['inside Telegram, push off', { ...FRESH, insideTelegram: true, serverKey: null }, 'off'],
    ['push off on the server', { ...ON, serverKey: null }, 'off'],
  ])('%s', (_, facts, state) => expect(pushStateOf(facts)).toBe(state))

  it('is renewed by itself only where somebody had switched it on', () => {
    expect(wasOn(ON)).toBe(true)
    expect(wasOn({ ...ON, subscribedWith: undefined })).toBe(true)
    expect(wasOn({ ...ON, isWished: false })).toBe(true)
    expect(wasOn({ ...ON, subscribedWith: undefined, isWished: false })).toBe(false)
    expect(wasOn({ ...ON, permission: 'default' })).toBe(false)
  })
})
