import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { startTelegram } from '../sandbox/telegram/driver.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { compile, imageEnv } from './image-env.ts'
import { type Figure, figureResult, inTurns, type Result, type Size } from './measure.ts'

const SIZES = { full: { rounds: 12 }, quick: { rounds: 4 }, smallest: { rounds: 1 } }
const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
const ECHO = join(import.meta.dirname, 'chat-echo.ts')

/** From the start of the process until a customer who wrote meanwhile has an answer, against a bare grammY bot. */
export function benchColdStart(size: Size): Promise<Result[]> {
  const { rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const data = join(folder, 'data')
    mkdirSync(data)
    fillShop(join(data, 'shop.db'), { orders: 1_000 })
    const node = imageEnv(folder)
    compile(node, basename(ECHO))
    const ours: Figure = () =>
      untilAnswered(MAIN, (token, apiRoot) => ({
        env: { ...node, BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, DATA_DIR: data, LOG_LEVEL: 'error' },
      }))
    const theirs: Figure = () =>
      untilAnswered(ECHO, (token, apiRoot) => ({ args: [token, apiRoot], env: node }))
    await inTurns(ours, theirs, 1)
    const measured = await inTurns(ours, theirs, rounds)
    return [figureResult('start of the process to the first answer', measured, 'ms', { goal: 1_000 })]
  })
}

interface Given {
  args?: string[]
  env: Record<string, string>
}

/** Somebody writes before the bot is there; how long after its start are they answered, in ms? */
async function untilAnswered(
  file: string,
  given: (token: string, apiRoot: string) => Given,
): Promise<number> {
  const telegram = await startTelegram({ flood: false })
  const person = telegram.person({ id: 500_010, firstName: 'Ana' })
  await person.send('/start')
  const answered = new Promise<number>((resolve) => {
    telegram.sandbox.events.listen((event) => {
      if (event.type === 'message' && event.by === 'bot' && event.chatId === person.id)
        resolve(performance.now())
    })
  })
  const { args = [], env } = given(telegram.token, telegram.apiRoot)
  const start = performance.now()
  const bot = fork(file, args, {
    execArgv: [],
    // Where there is no .env.
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...env },
  })
  const ended = once(bot, 'exit')
  const failed = ended.then(([code]) => {
    throw new Error(`${file} ended with ${code}`)
  })
  failed.catch(() => undefined)
  const took = (await Promise.race([answered, failed])) - start
  bot.kill('SIGKILL')
  await ended
  await telegram.stop()
  return took
}
