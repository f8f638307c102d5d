import { expect, onTestFinished, test } from 'vitest'
import { startTelegram } from '../sandbox/telegram/driver.ts'
import { givenFolder } from '../tests/given.ts'
import { runScript } from '../tests/run-script.ts'
import { openWords } from './open-words.ts'

const telegramLinkRoot = 'https://t.me'

test('who starts a shop at a terminal reads where bot and panel are', () => {
  const open = { port: 8080, botName: 'fern_bot' }
  const here = openWords(open, { publicUrl: undefined, telegramLinkRoot })
  expect(here).toContain('@fern_bot is listening. Send it /start: https://t.me/fern_bot')
  expect(here).toContain('Panel: http://localhost:8080/app')
  const public_ = openWords(open, { publicUrl: 'https://shop.example', telegramLinkRoot })
  expect(public_).toContain('Panel: https://shop.example/app')
})

test('a program that reads what the shop says gets lines of its log and nothing else', async () => {
  const telegram = await startTelegram()
  onTestFinished(() => telegram.stop())
  const folder = givenFolder()
  // A token nobody knows ends it by itself.
  const env = { BOT_TOKEN: `123456789:${'A'.repeat(35)}`, PORT: '0', HOST: '127.0.0.1' }
  const ended = await runScript('src/main.ts', {
    folder,
    env: { ...env, TELEGRAM_API_ROOT: telegram.apiRoot, DATA_DIR: folder },
  })
  expect(ended).toMatchObject({ status: 1, stderr: expect.stringContaining('Telegram does not know') })
  expect(ended.stdout.split('\n').filter((line) => line && !line.startsWith('{'))).toEqual([])
})
