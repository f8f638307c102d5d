import { setImmediate } from 'node:timers/promises'
import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { expect, it } from 'vitest'
import { givenShop } from '../../tests/given.ts'
import { suiteLog } from '../../tests/suite-log.ts'
import { createMetrics } from '../lib/metrics.ts'
import { createInbox } from './inbox.ts'

const HOUR_MS = 3_600_000

/** Telegram asks to be left alone for so many seconds. */
function askForPatience(seconds: number): GrammyError {
  const refusal = {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  } as const
  return new GrammyError('refused', refusal, 'sendMessage', {})
}

/** An update of a private chat of its own. */
function updateOf(id: number, of: object): Update {
  const chat = { id, type: 'private', first_name: 'Ana' }
  return { update_id: id, message: { message_id: 1, date: 0, chat, ...of } } as Update
}

it('gives up on what cannot be handled for an hour, but never on money that came or went back', async () => {
  const shop = givenShop()
  const tries = new Map<number, number>()
  const inbox = createInbox({
    shop,
    log: suiteLog(),
    metrics: createMetrics(),
    random: () => 0.5,
    atOnce: { isMeant: () => false, answer: async () => undefined },
    async handle({ update_id: id }) {
      tries.set(id, (tries.get(id) ?? 0) + 1)
      throw id === 4 ? askForPatience(60) : new Error('not now')
    },
  })
  inbox.start()
  inbox.receive([
    updateOf(1, { text: 'hello' }),
    updateOf(2, { successful_payment: {} }),
    updateOf(3, { refunded_payment: {} }),
    updateOf(4, { text: 'hello, too' }),
  ])
  for (let minute = 0; minute < 5 * 60; minute += 1) {
    shop.clock.advance(HOUR_MS / 60)
    // Each update begins in a turn of its own.
    for (let turn = 0; turn < 5; turn += 1) await setImmediate()
  }
  expect(tries.get(1)).toBe(15)
  expect(tries.get(2)).toBeGreaterThan(20)
  expect(tries.get(3)).toBe(tries.get(2))
  // Asked for patience, it comes again each one and a half minutes, for an hour, too.
  expect(tries.get(4)).toBeGreaterThan(25)
  expect(tries.get(4)).toBeLessThan(45)
  await inbox.stop()
})

it('answers again when Telegram says it may, not later each time', async () => {
  const shop = givenShop()
  let tries = 0
  const inbox = createInbox({
    shop,
    log: suiteLog(),
    metrics: createMetrics(),
    random: () => 0.5,
    atOnce: { isMeant: () => false, answer: async () => undefined },
    async handle() {
      tries += 1
      if (tries <= 5) throw askForPatience(1)
    },
  })
  inbox.start()
  inbox.receive([updateOf(1, { text: 'hello' })])
  for (let ms = 0; ms < 8_000; ms += 500) {
    for (let turn = 0; turn < 5; turn += 1) await setImmediate()
    shop.clock.advance(500)
  }
  expect(tries).toBe(6)
  await inbox.idle()
  await inbox.stop()
})
