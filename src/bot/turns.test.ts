import { expect, it } from 'vitest'
import { settableClock } from '../lib/clock.ts'
import { createTurns } from './turns.ts'

const clock = settableClock()

/** Turns whose items end when the test says so; an item answers with the pause after which it wants to be done again. */
function givenTurns(atMost: number) {
  const begun: string[] = []
  const ends = new Map<string, (again?: number) => void>()
  const turns = createTurns<string>({
    after: clock.after,
    atMost,
    handle(item) {
      begun.push(item)
      return new Promise((resolve) => ends.set(item, resolve))
    },
  })
  return { turns, begun, end: (item: string, again?: number) => ends.get(item)?.(again) }
}

/** Some turns of the event loop. */
async function turnsOfTheLoop(count = 20): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

it('does one after another within a line, and lines beside one another', async () => {
  const { turns, begun, end } = givenTurns(8)
  turns.add(1, 'a1')
  turns.add(1, 'a2')
  turns.add(2, 'b1')
  await turnsOfTheLoop()
  expect(begun).toEqual(['a1', 'b1'])
  end('a1')
  await turnsOfTheLoop()
  expect(begun).toEqual(['a1', 'b1', 'a2'])
})

it('begins each in a turn of the event loop of its own, and never more than allowed', async () => {
  const { turns, begun, end } = givenTurns(3)
  for (let key = 0; key < 10; key++) turns.add(key, `${key}`)
  expect(begun).toEqual([])
  await turnsOfTheLoop(1)
  expect(begun).toEqual(['0'])
  await turnsOfTheLoop()
  expect(begun).toEqual(['0', '1', '2'])
  end('1')
  await turnsOfTheLoop()
  expect(begun).toEqual(['0', '1', '2', '3'])
})

it('does again what asks for it, holding up its own line only', async () => {
  const { turns, begun, end } = givenTurns(1)
  turns.add(1, 'a1')
  turns.add(1, 'a2')
  turns.add(2, 'b1')
  await turnsOfTheLoop()
  end('a1', 1_000)
  await turnsOfTheLoop()
  expect(begun).toEqual(['a1', 'b1'])
  end('b1')
  clock.advance(1_000)
  await turnsOfTheLoop()
  expect(begun).toEqual(['a1', 'b1', 'a1'])
  end('a1')
  await turnsOfTheLoop()
  expect(begun).toEqual(['a1', 'b1', 'a1', 'a2'])
})

it('begins nothing more once it is stopped, and waits for what is in hand', async () => {
  const { turns, begun, end } = givenTurns(1)
  turns.add(1, 'a1')
  turns.add(2, 'b1')
  await turnsOfTheLoop()
  const stopped = turns.stop()
  end('a1')
  await stopped
  await turnsOfTheLoop()
  expect(begun).toEqual(['a1'])
})
