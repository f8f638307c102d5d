import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTestShop, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const GIVE_UP = 200
/** A fetch goes over real HTTP, and polling takes breath after it: no second goes by before they are through. */
const REAL_MS = 25

/** Lets time go by, a second at a time, until the condition holds. Resolves to the seconds it took. */
async function secondsUntil(chat: TestChat, condition: () => boolean): Promise<number> {
  for (let seconds = 0; ; seconds++) {
    await pause(REAL_MS)
    if (condition() || seconds === GIVE_UP) return seconds
    chat.clock.advance(1_000)
  }
}

test.each(['cut', 500] as const)(
  'a bot that could not fetch for a while (%s) hears soon after',
  async (fault) => {
    const chat = await openTestShop()
    const ana = chat.telegram.person(ANA)
    await chat.say(ana, '/start')
    chat.telegram.faults.answerNext({ method: 'getUpdates', with: fault, count: 12 })
    await ana.send('/orders')
    await ana.send('/help')
    const waited = await secondsUntil(chat, () =>
      ana.messages().some((message) => message.text?.startsWith('How it works')),
    )
    expect(waited).toBeLessThanOrEqual(40)
  },
)

test('a shop that cannot fetch at the moment stops at once', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  chat.telegram.faults.answerNext({ method: 'getUpdates', with: 500, count: 100 })
  await ana.send('/orders')
  await secondsUntil(chat, () => chat.telegram.faults.active()[0]?.count === 98)
  const restarted = chat.restart()
  chat.telegram.faults.clear()
  await restarted
  await chat.say(ana, '/help')
  expect(wordsOn(chat.shop, ana)).toContain('How it works')
})
