import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/lib/log.ts'
import { sayHello } from './child.ts'

/** The whole shop as it runs in earnest, on the folder and the sandbox given. */
const [dataDir = '', token = '', apiRoot = ''] = process.argv.slice(2)
const config = readConfig({
  BOT_TOKEN: token,
  TELEGRAM_API_ROOT: apiRoot,
  DATA_DIR: dataDir,
  HOST: '127.0.0.1',
  PORT: '0',
  UNDO_SECONDS: '0',
})
const app = await startApp(config, { log: createLog('error') })
sayHello({ port: app.port }, () => undefined)
