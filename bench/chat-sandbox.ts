import { startTelegram, type Telegram } from '../sandbox/telegram/driver.ts'
import type { PersonDriver } from '../sandbox/telegram/driver-person.ts'
import { sayHello } from './child.ts'

/** A sandbox for each side, both in this process, with people each of whom writes or presses as soon as the last time was answered. */
const PEOPLE = 100

export interface ChatLoad {
  side: number
  kind: 'press' | 'text'
  count: number
}

interface Side {
  telegram: Telegram
  people: PersonDriver[]
}

const sides: Side[] = []
for (let i = 0; i < 2; i++) {
  const telegram = await startTelegram({ flood: false, remember: 2_000 })
  const people = Array.from({ length: PEOPLE }, (_, n) =>
    telegram.person({ id: 600_001 + n, firstName: `P${n}` }),
  )
  sides.push({ telegram, people })
}

// Two screens in turns, so that every press changes what is shown.
const SCREENS = ['i', 'h']

/** Everybody presses as soon as the last press was answered. */
async function press({ people }: Side, times: number): Promise<void> {
  const busy = people.map(async (person) => {
    for (let i = 0; i < times; i++) {
      await person.pressData(SCREENS[i % SCREENS.length] ?? '', undefined, { timeout: 30_000 })
    }
  })
  await Promise.all(busy)
}

/** Everybody writes as soon as the last message was answered. */
async function write({ telegram, people }: Side, times: number): Promise<void> {
  const answered = new Map<number, () => void>()
  const stop = telegram.sandbox.events.listen((event) => {
    if (event.type === 'message' && event.by === 'bot' && event.kind === 'sent')
      answered.get(event.chatId)?.()
  })
  const busy = people.map(async (person) => {
    for (let i = 0; i < times; i++) {
      const answer = new Promise<void>((resolve) => answered.set(person.id, resolve))
      await person.send('Hello')
      await answer
    }
  })
  await Promise.all(busy)
  stop()
}

process.on('message', ({ side, kind, count }: ChatLoad) => {
  const chosen = sides[side]
  if (!chosen) return
  const start = performance.now()
  void (kind === 'press' ? press(chosen, count / PEOPLE) : write(chosen, count / PEOPLE)).then(() => {
    process.send?.({ ms: performance.now() - start })
  })
})

sayHello(sides.map(({ telegram }) => ({ token: telegram.token, apiRoot: telegram.apiRoot })))
