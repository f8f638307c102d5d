import { expect, test, vi } from 'vitest'
import { findMoneyFaults, findUnbalanced } from './money-check.ts'
import { findBookDifferences } from './money-daily-check.ts'
import { MOVES, move } from './money-moves.ts'
import { givenMoneyWorld, type MoneyWorld } from './money-world.ts'
import { chooseSeed, type Random, seeded } from './random.ts'

const RUNS = Number(process.env.RUNS ?? 4)
const STEPS = Number(process.env.STEPS ?? 200)
const OFTEN = 'place place place pay pay pay jobs refund step step step step step step step step'.split(' ')

/** Lives through random moves. Returns the first faults with the moves that led to them. */
async function live(random: Random): Promise<{ faults: string[]; moves: string[]; done: Set<string> }> {
  vi.spyOn(Math, 'random').mockImplementation(random.next)
  const world = givenMoneyWorld(random)
  await move(world, 'place')
  for (let i = 0; i < STEPS && world.faults.length === 0; i++) {
    await move(world, random.pick([...OFTEN, ...Object.keys(MOVES)]))
    world.faults.push(...findMoneyFaults(world))
  }
  if (world.faults.length === 0) {
    await comeToRest(world)
    world.faults.push(...findMoneyFaults(world), ...findUnbalanced(world))
    world.faults.push(...(await findBookDifferences(world)))
  }
  return world
}

/** Every provider's word arrives, and customers claim what is theirs. */
async function comeToRest(world: MoneyWorld): Promise<void> {
  Object.assign(world.bank.luck, { fails: 0, refuses: 0 })
  world.calm = true
  for (let i = 0; i < 4; i++) {
    await move(world, 'poll')
    world.shop.clock.advance(2 * 3_600_000)
    await move(world, 'jobs')
    for (const given of world.bank.gave.values()) given.claimed = true
  }
}

test('whatever happens to money, ledger, orders, stock and the providers agree', async () => {
  const first = chooseSeed()
  console.info(`money: SEED=${first}`)
  const done = new Set<string>()
  for (let seed = first; seed < first + RUNS; seed++) {
    const { faults, moves, done: did } = await live(seeded(seed))
    expect(faults, `SEED=${seed} RUNS=1, after\n${moves.slice(-60).join('\n')}`).toEqual([])
    for (const one of did) done.add(one)
  }
  expect(['refused', ...Object.keys(MOVES)].filter((name) => !done.has(name))).toEqual([])
})
