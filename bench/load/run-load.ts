import { statSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../sandbox/free-port.ts'
import { type PushService, startPushService } from '../../sandbox/push/push-service.ts'
import { MAIN, startShopProcess } from '../../sandbox/shop-process.ts'
import { startTelegram, type Telegram } from '../../sandbox/telegram/driver.ts'
import { newVapidKeys, type VapidKeys } from '../../src/lib/vapid.ts'
import { compile, imageEnv } from '../image-env.ts'
import { type AnswerTimes, readAnswerTimes } from './answer-times.ts'
import type { ApiTimes } from './api.ts'
import { type Checked, checkShop } from './check-shop.ts'
import { fillLoadShop } from './fill-load-shop.ts'
import { letPeopleCome, type Progress } from './let-people-come.ts'
import type { OrderLife } from './lives.ts'
import type { LoadOptions } from './options.ts'
import type { Panel } from './panel.ts'
import { OLGA } from './team.ts'
import type { Sample } from './watch-process.ts'

export interface Load {
  options: LoadOptions
  /** Orders that were to be placed. */
  wanted: number
  lives: OrderLife[]
  /** What went wrong on the way, in words. */
  complaints: string[]
  checked: Checked
  answers: AnswerTimes
  api: ApiTimes
  /** From an event until each panel had it; ms. */
  live: number[]
  /** Events that a panel never got. */
  unseen: number
  floods: number
  samples: Sample[]
  /** When orders were placed, ms after the beginning. */
  placedAt: number[]
  /** How busy the machine was with other things before: programs that waited for a core, over five minutes. */
  busyBefore: number
  /** How much larger the file is than before the first order. */
  grownBytes: number
}

/** Runs the real shop in a process of its own under load, in `folder`, and holds what arrived against what had to. */
export async function runLoad(
  folder: string,
  options: LoadOptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Load> {
  const busyBefore = loadavg()[1] ?? 0
  const telegram = await startTelegram({ remember: 1_000_000 })
  const push = await startPushService()
  const keys = newVapidKeys()
  const data = join(folder, 'data')
  const known = await fillLoadShop(data, { ...options, push, vapidKey: keys.publicKey })
  const before = bytesOf(data)
  const port = await freePort()
  let kill: (() => void) | undefined
  try {
    const node = imageEnv(folder)
    compile(node)
    const env = { ...node, ...settingsFor({ telegram, push, keys, data, port }) }
    const onStart = (end: () => void) => {
      kill = end
    }
    const shop = await startShopProcess(MAIN, env, { onStart })
    const run = await letPeopleCome(shop, {
      telegram,
      known,
      options,
      onProgress,
      file: join(data, 'shop.db'),
    })
    const code = await shop.end('SIGTERM')
    const { panels, ...rest } = run
    const checked = checkShop(join(data, 'shop.db'), run.lives, {
      telegram: telegram.sandbox,
      pushes: push.received(),
    })
    return {
      options,
      busyBefore,
      ...rest,
      complaints: [
        ...run.complaints,
        ...shop.complaints(),
        ...(code === 0 ? [] : [`the shop ended with ${code}`]),
      ],
      checked,
      answers: readAnswerTimes(telegram.calls(), telegram.calls('getUpdates')),
      ...readLive(panels, checked.events),
      floods: telegram.floodViolations(),
      grownBytes: bytesOf(data) - before,
    }
  } finally {
    kill?.()
    await Promise.all([telegram.stop(), push.stop()])
  }
}

interface Around {
  telegram: Telegram
  push: PushService
  keys: VapidKeys
  data: string
  port: number
}

/** As in earnest, but for where everything is. */
function settingsFor({ telegram, push, keys, data, port }: Around): Record<string, string> {
  return {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    DATA_DIR: data,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    OWNER_IDS: String(OLGA.telegramId),
    VAPID_PUBLIC_KEY: keys.publicKey,
    VAPID_PRIVATE_KEY: keys.privateKey,
    VAPID_SUBJECT: 'mailto:hello@example.com',
    PUSH_HOSTS: push.origin,
    PAYMENT_PROVIDER_TOKEN: '1877036958:TEST:sandbox',
  }
}

/** How long each event took to each panel that was open, and how many never came. */
function readLive(panels: readonly Panel[], events: ReadonlyMap<number, number>) {
  const live: number[] = []
  let unseen = 0
  for (const { seen, since } of panels) {
    for (const [id, at] of events) {
      const came = seen.get(id)
      if (came !== undefined) live.push(came - at)
      else if (id > since) unseen += 1
    }
  }
  return { live, unseen }
}

function bytesOf(data: string): number {
  return ['shop.db', 'shop.db-wal'].reduce(
    (sum, name) => sum + (statSync(join(data, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}
