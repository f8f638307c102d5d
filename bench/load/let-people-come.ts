import { setTimeout as pause } from 'node:timers/promises'
import { chanceFrom } from '../../sandbox/seed/chance.ts'
import type { ShopProcess } from '../../sandbox/shop-process.ts'
import type { Telegram } from '../../sandbox/telegram/driver.ts'
import type { ApiTimes } from './api.ts'
import { lookAround } from './customer.ts'
import type { KnownCustomer } from './fill-load-shop.ts'
import { liveOrder, type OrderLife, type World } from './lives.ts'
import { openPanels } from './open-panels.ts'
import { gatherTeam, openWorld } from './open-team.ts'
import type { LoadOptions } from './options.ts'
import { type Arrival, planArrivals } from './schedule.ts'
import { waitUntilSaid } from './wait-until-said.ts'
import { type Sample, watchProcess } from './watch-process.ts'

const REPORT_EVERY_MS = 5_000

export interface Progress {
  seconds: number
  placed: number
  done: number
  underWay: number
  rss: number
}

interface Surroundings {
  telegram: Telegram
  known: KnownCustomer[]
  options: LoadOptions
  onProgress(progress: Progress): void
  file: string
}

/** Everybody who has come, and what became of them. */
interface Crowd {
  begin: number
  lives: OrderLife[]
  /** ms after the beginning. */
  placedAt: number[]
  underWay: number
  complain(error: unknown): void
}

/** Opens panels, lets everybody come at their moment, and waits until the last order is delivered and told of. */
export async function letPeopleCome(shop: ShopProcess, around: Surroundings) {
  const { telegram, known, options, file } = around
  const times: ApiTimes = { read: [], write: [] }
  const complaints: string[] = []
  const complain = (error: unknown) => void complaints.push(String(error))
  const team = await gatherTeam(telegram, shop.port, times)
  const panels = await openPanels(telegram, shop.port, { count: options.panels, times, complain })
  const world = await openWorld(team, options)
  const arrivals = planArrivals(options, known.length)
  const watch = watchProcess(shop.pid)
  const crowd: Crowd = { begin: Date.now(), lives: [], placedAt: [], underWay: 0, complain }
  const stopReport = reportOn(crowd, watch.samples, around)
  await come(crowd, arrivals, (arrival, i) => live(crowd, world, around, { arrival, seed: options.seed + i }))
  await waitUntilSaid(file).catch(complain)
  stopReport()
  watch.stop()
  const { lives, placedAt } = crowd
  const wanted = arrivals.filter(({ wish }) => wish).length
  return { wanted, lives, placedAt, complaints, api: times, panels: panels.close(), samples: watch.samples }
}

/** Begins each arrival at its moment, whatever became of those before; resolves when everybody is done. */
async function come(
  crowd: Crowd,
  arrivals: readonly Arrival[],
  begin: (arrival: Arrival, i: number) => Promise<void>,
): Promise<void> {
  const under: Promise<void>[] = []
  for (const [i, arrival] of arrivals.entries()) {
    await pause(Math.max(0, crowd.begin + arrival.at - Date.now()))
    crowd.underWay += 1
    const done = begin(arrival, i).catch(crowd.complain)
    under.push(
      done.finally(() => {
        crowd.underWay -= 1
      }),
    )
  }
  await Promise.all(under)
}

async function live(
  crowd: Crowd,
  world: World,
  { telegram, known, options }: Surroundings,
  { arrival, seed }: { arrival: Arrival; seed: number },
): Promise<void> {
  const person = known[arrival.customer]
  if (!person) throw new Error('an arrival without a customer')
  const chance = chanceFrom(seed)
  const customer = {
    person: telegram.person({ id: person.telegramId, firstName: person.name, languageCode: 'en' }),
    known: person,
    think: () => pause(chance.between(...options.thinking)),
  }
  if (!arrival.wish) return lookAround(customer)
  const onPlaced = () => void crowd.placedAt.push(Date.now() - crowd.begin)
  crowd.lives.push(await liveOrder(world, customer, arrival.wish, onPlaced))
}

function reportOn(crowd: Crowd, samples: readonly Sample[], { onProgress }: Surroundings): () => void {
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - crowd.begin) / 1000)
    const { lives, placedAt, underWay } = crowd
    onProgress({
      seconds,
      placed: placedAt.length,
      done: lives.length,
      underWay,
      rss: samples.at(-1)?.rss ?? 0,
    })
  }, REPORT_EVERY_MS)
  return () => clearInterval(timer)
}
