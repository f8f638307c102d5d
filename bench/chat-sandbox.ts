import { startTelegram, type Telegram } from '../sandbox/telegram/driver.ts'
import type { PersonDriver } from '../sandbox/telegram/driver-person.ts'
import { sayHello } from './child.ts'

/** A sandbox for each side, both in this process, with people who write and press as fast as they are answered. */
const PEOPLE = 50

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
let turn = 0

async function press({ people }: Side, count: number): Promise<void> {
  for (let done = 0; done < count; done += people.length) {
    const data = SCREENS[turn++ % SCREENS.length] ?? ''
    await Promise.all(people.map((person) => person.pressData(data, undefined, { timeout: 30_000 })))
  }
}

async function write({ telegram, people }: Side, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = count
  const stop = telegram.sandbox.events.listen((event) => {
    if (event.type !== 'message' || event.by !== 'bot' || event.kind !== 'sent') return
    left -= 1
    if (left === 0) resolve()
  })
  for (let i = 0; i < count; i++) await people[i % people.length]?.send('Hello')
  await promise
  stop()
}

process.on('message', ({ side, kind, count }: ChatLoad) => {
  const chosen = sides[side]
  if (!chosen) return
  const start = performance.now()
  void (kind === 'press' ? press(chosen, count) : write(chosen, count)).then(() => {
    process.send?.({ ms: performance.now() - start })
  })
})

sayHello(sides.map(({ telegram }) => ({ token: telegram.token, apiRoot: telegram.apiRoot })))
