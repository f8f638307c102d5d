import { onTestFinished } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { startTelegram, type TelegramOptions } from '../sandbox/telegram/driver.ts'
import { type App, startApp } from '../src/app.ts'
import { type Config, readConfig } from '../src/config.ts'
import type { Shop } from '../src/shop/work.ts'
import { existing, givenFolder } from './given.ts'
import { suiteLog } from './suite-log.ts'

/** The token of the sandbox's bot has the form of a real one, and opens nothing. */
export function configFor(
  telegram: { apiRoot: string; token: string },
  more: Record<string, string> = {},
): Config {
  return readConfig({
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    HOST: '127.0.0.1',
    PORT: '0',
    OWNER_IDS: '701',
    // A test that is about backups asks for them.
    BACKUP_EVERY_HOURS: '0',
    ...more,
  })
}

interface AppWish {
  env?: Record<string, string>
  telegram?: TelegramOptions
  webhook?: boolean
}

/** The sandbox and the whole shop on it, both in this process, both over real HTTP. */
export async function givenApp(wish: AppWish = {}) {
  const telegram = await startTelegram({ flood: { privateBurst: 200 }, ...wish.telegram })
  const port = await ownPort()
  const publicUrl = `http://127.0.0.1:${port}`
  const env = {
    DATA_DIR: givenFolder(),
    UNDO_SECONDS: '0',
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    ...wish.env,
  }
  const polling = configFor(telegram, env)
  const config: Config = wish.webhook ? { ...polling, updates: 'webhook' } : polling
  let app: App | undefined = await startApp(config, { log: suiteLog() })
  onTestFinished(async () => {
    await app?.stop()
    await telegram.stop()
  })
  return {
    telegram,
    config,
    get app(): App {
      return existing(app)
    },
    async stop() {
      await app?.stop()
      app = undefined
    },
    async start() {
      app = await startApp(config, { log: suiteLog() })
    },
    /** Stops the shop and starts it again on the same file, as a deploy does. */
    async restart() {
      await this.stop()
      await this.start()
    },
  }
}

/**
 * A port for a shop that names it before it listens, and again after a restart: from those that the system hands to nobody
 * (it does so from 32768 up), each worker of a run has a thousand of its own.
 */
function ownPort(): Promise<number> {
  const worker = Number(process.env.VITEST_POOL_ID) % 20
  return freePort(11_000 + 1_000 * worker + Math.floor(Math.random() * 1_000))
}

/** Resolves as soon as a change of the shop makes the condition true. */
export function eventually(shop: Shop, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    function check(): void {
      if (!condition()) return
      stop()
      resolve()
    }
    const stop = shop.listen(check)
    check()
  })
}
