import { parseArgs } from 'node:util'
import { askBot, setUpBot } from '../src/bot/set-up-bot.ts'
import { readConfig, type SettingName } from '../src/config.ts'
import { loadTexts } from '../src/lib/texts.ts'
import { createAsker } from './setup/ask.ts'
import { type EnvFile, readEnvFile, type Settings, writeEnvFile } from './setup/env-file.ts'
import { makeBackupKey, makeBtcpaySecret, makePushKeys } from './setup/make-keys.ts'
import { questionsFor } from './setup/questions.ts'

const USAGE = `Usage: npm run setup [-- --stdin]

Asks for what the shop needs to know and writes it to .env, makes keys, checks the token, and tells Telegram what to show of the
bot. What is there stays; run it as often as you like. With --stdin the answers are read from standard input, one a line.`

const FILE = '.env'
const TELEGRAM = 'https://api.telegram.org'

process.exitCode = await run(process.argv.slice(2))

async function run(args: string[]): Promise<number> {
  try {
    await setUp(readArgs(args))
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

function readArgs(args: string[]): { stdin: boolean } {
  try {
    return parseArgs({ args, options: { stdin: { type: 'boolean', default: false } } }).values
  } catch {
    throw new Error(USAGE)
  }
}

/** Nothing is written before every question is answered. */
async function setUp({ stdin }: { stdin: boolean }): Promise<void> {
  const file = readEnvFile(FILE)
  const answers = await askWhatIsMissing(file, process.stdin.isTTY || stdin)
  const keys = await makeKeys({ ...file.values, ...process.env, ...answers })
  const settings = { ...answers, ...keys }
  const names = Object.keys(settings)
  if (names.length > 0) {
    await writeEnvFile(FILE, file, settings)
    say(true, `${file.isNew ? '.env made' : '.env'}: ${names.join(', ')}`)
  }
  const changed = await tellTelegram({ ...file.values, ...process.env, ...settings })
  if (names.length === 0 && !changed) console.log('Nothing was changed.')
}

/** As the shop reads them: what the environment says goes before the file. */
async function askWhatIsMissing({ isNew, values }: EnvFile, canAsk: boolean): Promise<Settings> {
  const isGiven = (name: SettingName) => Boolean(process.env[name] || (!isNew && values[name]))
  const apiRoot = process.env.TELEGRAM_API_ROOT || values.TELEGRAM_API_ROOT || TELEGRAM
  const proposals = { CURRENCY: 'EUR', TIMEZONE: ownTimezone() }
  const questions = questionsFor(isGiven, proposals, (name, answer) =>
    name === 'BOT_TOKEN' ? refusalOf(answer, apiRoot) : Promise.resolve(undefined),
  )
  const needed = questions.filter(({ optional, proposal }) => !optional && !proposal)
  if (!canAsk) {
    if (needed.length === 0) return {}
    const missing = needed.map(({ name, text }) => `  - ${name}: ${text}`).join('\n')
    throw new Error(
      `These settings are missing:\n${missing}\nRun npm run setup in a terminal, or set them in .env.`,
    )
  }
  const asker = createAsker()
  try {
    const answers: Settings = {}
    for (const question of questions) {
      const answer = await asker.ask(question)
      if (answer) answers[question.name] = answer
    }
    return answers
  } finally {
    asker.close()
  }
}

async function refusalOf(token: string, apiRoot: string): Promise<string | undefined> {
  return (await askBot(token, apiRoot))
    ? undefined
    : 'is not known to Telegram: copy it again from @BotFather'
}

function ownTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

async function makeKeys(env: NodeJS.Dict<string>): Promise<Settings> {
  const made = [makePushKeys(env), makeBtcpaySecret(env), await makeBackupKey(env)]
  const additions = made.filter((one) => one !== undefined)
  for (const { settings, said } of additions) say(Object.keys(settings).length > 0, said)
  return Object.assign({}, ...additions.map(({ settings }) => settings))
}

/** Returns whether anything had to be changed there. */
async function tellTelegram(env: NodeJS.Dict<string>): Promise<boolean> {
  let changed = false
  for await (const step of setUpBot(readConfig(env), loadTexts())) {
    say(step.changed, step.said)
    changed ||= step.changed
  }
  return changed
}

function say(isNew: boolean, said: string): void {
  console.log(`${isNew ? '+' : '='} ${said}`)
}
