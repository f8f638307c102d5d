import { describe, expect, it } from 'vitest'
import { settableClock } from '../lib/clock.ts'
import { createPace } from './pace.ts'

function givenPace() {
  const clock = settableClock()
  const pace = createPace(clock)
  /** Sends as fast as the pace allows for `ms`; returns how many went out. */
  function sendFor(ms: number, chatOf: (n: number) => number): number {
    const end = clock.now() + ms
    let sent = 0
    while (clock.now() < end) {
      const wait = pace.waitMs(chatOf(sent))
      if (wait > 0) clock.advance(wait)
      else {
        pace.spend(chatOf(sent))
        sent += 1
      }
    }
    return sent
  }
  return { clock, pace, sendFor }
}

describe('the pace', () => {
  it('stays below thirty messages a second over all chats', () => {
    const sent = givenPace().sendFor(60_000, (n) => n)
    expect(sent / 60).toBeGreaterThan(24)
    expect(sent / 60).toBeLessThan(30)
  })

  it('stays at about one a second in a private chat, and under twenty a minute in a group', () => {
    expect(givenPace().sendFor(60_000, () => 501)).toBeLessThanOrEqual(63)
    const { sendFor } = givenPace()
    sendFor(60_000, () => -100)
    expect(sendFor(60_000, () => -100)).toBeLessThan(20)
  })

  it('remembers a group at its limit, however many other chats come by', () => {
    const { clock, pace, sendFor } = givenPace()
    sendFor(60_000, () => -100)
    pace.spend(-100)
    for (let i = 0; i < 10_000; i++) pace.spend(501 + i)
    clock.advance(1_000)
    expect(pace.waitMs(-100)).toBeGreaterThan(1_000)
  })

  it('leaves room for replies: a backlog of notices and a crowd of customers together stay below thirty a second', () => {
    const { clock, pace } = givenPace()
    let notices = 0
    let replies = 0
    for (let ms = 0; ms < 60_000; ms += 10) {
      for (; pace.waitMs(10_000 + notices) === 0; notices++) pace.spend(10_000 + notices)
      if (ms % 50 === 0) pace.spend(20_000 + replies++)
      clock.advance(10)
    }
    expect(replies / 60).toBe(20)
    expect((notices + replies) / 60).toBeLessThan(29)
    expect(notices / 60).toBeGreaterThan(4)
  })

  it('lets four notices a second pass, however many replies there are', () => {
    const { clock, pace } = givenPace()
    let notices = 0
    for (let ms = 0; ms < 60_000; ms += 10) {
      if (pace.waitMs(10_000 + notices) === 0) pace.spend(10_000 + notices++)
      pace.spend(20_000 + ms)
      clock.advance(10)
    }
    expect(notices / 60).toBeGreaterThan(3.5)
    expect(notices / 60).toBeLessThan(4.5)
  })

  it('lets a notice follow a burst of replies within about a second', () => {
    const { pace } = givenPace()
    for (let i = 0; i < 20; i++) pace.spend(501)
    expect(pace.waitMs(501)).toBeLessThan(1_200)
    expect(pace.waitMs(502)).toBeLessThan(100)
  })

  it('is silent towards a chat as long as Telegram asks, and towards all when a second chat is refused', () => {
    const { clock, pace } = givenPace()
    pace.hold(501, 30_000)
    expect([pace.waitMs(501), pace.waitMs(502)]).toEqual([30_000, 0])
    pace.hold(503, 10_000)
    expect(pace.waitMs(502)).toBe(10_000)
    clock.advance(30_000)
    expect([pace.waitMs(501), pace.waitMs(502), pace.waitMs(503)]).toEqual([0, 0, 0])
  })
})
