import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runApart } from '../src/backup/run-apart.ts'
import { createLiveFeed } from '../src/http/live-feed.ts'
import { createHttpApp, listen } from '../src/http/server.ts'
import { createLog } from '../src/lib/log.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { createPictureFetcher } from '../src/pictures/fetch-picture.ts'
import { prepareImages } from '../src/shop/catalogue/pictures/prepare-images.ts'
import { askForCheck, checkBooks } from '../src/shop/payments/books/check-books.ts'
import { startSession } from '../src/shop/staff/sessions.ts'
import { backupOf } from './backup-stall.ts'
import { sayHello } from './child.ts'
import { openBenchShop } from './open-shop.ts'
import { watchLoop } from './watch-loop.ts'

/** The shop's HTTP side with a watch on its event loop, as a process of its own; does what it is told to by its parent. */
const [folder = '', origin = ''] = process.argv.slice(2)
const mediaFolder = join(folder, 'media')
mkdirSync(mediaFolder)
const shop = openBenchShop(join(folder, 'shop.db'))
const log = createLog('warn')
const metrics = createMetrics()
const { token } = shop.write((work) => startSession(work, { id: 500_001, first_name: 'Person 1' }, 'bench'))
const app = createHttpApp({
  shop,
  log,
  metrics,
  live: createLiveFeed(shop, metrics),
  botToken: '',
  publicUrl: undefined,
  botLink: () => '',
  push: undefined,
  isReceipt: () => false,
  mediaFolder,
  proofsFolder: mediaFolder,
  panelFolder: mediaFolder,
  frameOrigins: [],
  isReady: () => true,
  webhook: undefined,
})
const fetchPicture = createPictureFetcher({ clock: shop.clock, hosts: [origin] })
const never = new AbortController().signal

const TASKS: Record<string, () => unknown> = {
  async check() {
    shop.write((work) => askForCheck(work))
    await checkBooks(shop)
  },
  backup: () => runApart(backupOf(folder, shop.clock.now())),
  images: () => prepareImages(shop, { fetchPicture, mediaFolder }, never),
}

const loop = watchLoop()
setInterval(() => shop.db.checkpoint(), 1_000)

async function run(task: string): Promise<void> {
  if (task === 'watch') loop.reset()
  await TASKS[task]?.()
  process.send?.(loop.worst())
}

process.on('message', (task: string) => void run(task))

const server = await listen(app, 0, '127.0.0.1')
sayHello({ port: (server.address() as AddressInfo).port, token }, () => shop.db.close())
