import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/lib/log.ts'
import { sayHello } from './child.ts'

/** The whole shop as it runs in earnest, on the folder and the sandbox given. Says what it takes of the memory when asked. */
async function open([dataDir = '', token = '', apiRoot = '']: string[]): Promise<void> {
  const config = readConfig({
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: apiRoot,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    UNDO_SECONDS: '0',
    // One of a large shop, in the middle of a measurement, would be measured with it.
    BACKUP_EVERY_HOURS: '0',
  })
  const app = await startApp(config, { log: createLog('error') })
  process.on('message', () => process.send?.(process.memoryUsage.rss()))
  sayHello({ port: app.port })
}

// Imported, it is only compiled.
if (import.meta.main) await open(process.argv.slice(2))
