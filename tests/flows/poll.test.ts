import { expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { openTestShop, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
/** The poller pauses for two seconds, always the same. If it ever paused for longer than these, the next fetch would not come. */
const PAUSE_MS = 3_000

/** A shop whose customer has said hello, and whose next fetches all fail. */
async function givenCutOff(fault: 'cut' | 500, count: number) {
  const said: string[] = []
  const chat = await openTestShop({}, false, settableClock(), said)
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  chat.telegram.faults.answerNext({ method: 'getUpdates', with: fault, count })
  // Ends the fetch that is under way.
  await ana.send('/orders')
  const failures = () => said.filter((line) => line.includes('updates could not be fetched')).length
  return {
    chat,
    ana,
    /** Resolves once so many fetches have failed, and the poller pauses. */
    async failed(times: number): Promise<void> {
      while (failures() < times) await new Promise(setImmediate)
    },
  }
}

test.each(['cut', 500] as const)(
  'a bot that could not fetch for a while (%s) hears soon after',
  async (fault) => {
    const fetches = 12
    const { chat, ana, failed } = await givenCutOff(fault, fetches)
    await failed(1)
    await ana.send('/help')
    for (let times = 1; times <= fetches; times++) {
      await failed(times)
      expect(ana.messages().some(({ text }) => text?.startsWith('How it works'))).toBe(false)
      chat.clock.advance(PAUSE_MS)
    }
    await ana.sees(/^How it works/)
  },
)

test('a shop that cannot fetch at the moment stops at once', async () => {
  const { chat, ana, failed } = await givenCutOff(500, 100)
  await failed(1)
  chat.clock.advance(PAUSE_MS)
  await failed(2)
  const restarted = chat.restart()
  chat.telegram.faults.clear()
  await restarted
  await chat.say(ana, '/help')
  expect(wordsOn(chat.shop, ana)).toContain('How it works')
})
