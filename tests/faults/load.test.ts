import { expect, test } from 'vitest'
import { judge } from '../../bench/load/judge.ts'
import { runLoad } from '../../bench/load/run-load.ts'
import { quantile } from '../../bench/measure.ts'
import { givenFolder } from '../given.ts'
import { chooseSeed } from './random.ts'
import { watchMachine } from './watch-machine.ts'

/** Messages and edits that Telegram takes. */
const PER_SECOND = 30

/** `npm run load` for one minute, with people who take less time over everything. */
const CUT = {
  minutes: 1,
  orders: 50,
  customers: 10_000,
  panels: 50,
  thinking: [600, 1_000],
  working: [300, 1_000],
} as const

test('fifty orders a minute: everybody is answered and told, nothing is lost and nothing done twice', async () => {
  const seed = chooseSeed()
  console.info(`load: SEED=${seed}`)
  const howBusy = watchMachine()
  const load = await runLoad(givenFolder(), { ...CUT, seed })
  const { stretch, stoodStill } = howBusy()
  console.info(
    `load: the machine was busy: ${stretch.toFixed(1)} times, stood still ${stoodStill.toFixed(1)} s`,
  )
  for (const { name, value, target } of judge(load)) console.info(`load: ${name}: ${value}, ${target}`)

  expect(load.complaints).toEqual([])
  expect(load.checked.faults).toEqual([])
  expect(load.lives).toHaveLength(load.wanted)
  expect(load.checked.orders).toBe(load.wanted)
  expect(load.wanted).toBe(50)
  expect(load.checked.reached.got).toBe(load.checked.reached.wanted)
  expect(load.answers.unanswered).toEqual([])
  expect(load.unseen).toBe(0)

  // A process that stood still on a busy machine gets in one burst what it would have got in turn.
  expect(load.floods).toBeLessThan(0.01 * load.answers.said + PER_SECOND * stoodStill)
  // The plan's limits, for the quicker quarter of all, as if the machine had had a core for whoever wanted one: the rest says
  // nothing of the shop where other tests run meanwhile.
  const within = (times: readonly number[]) => quantile(times, 0.25) / stretch
  expect(within(load.answers.chat)).toBeLessThan(2_000)
  expect(within(load.api.read)).toBeLessThan(200)
  expect(within(load.api.write)).toBeLessThan(200)
  expect(within(load.checked.delays.push)).toBeLessThan(5_000)
  expect(Math.max(...load.answers.payment)).toBeLessThan(10_000)
})
