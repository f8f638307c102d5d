import { join } from 'node:path'
import { openBucketStore } from '../../src/backup/bucket-store.ts'
import { listWithin } from '../../src/backup/list-within.ts'
import { inspectBot } from '../../src/bot/inspect-bot.ts'
import type { Config } from '../../src/config.ts'
import { isFolderLocked } from '../../src/db/lock.ts'
import { SHOP_MARK, shopMark } from '../../src/lib/shop-mark.ts'
import { checkMailServer } from '../../src/mail/check-server.ts'
import { broken, type Finding, note, well } from './finding.ts'
import {
  type AddressState,
  judgeAddress,
  judgeBackups,
  judgeClock,
  judgeDelivery,
  judgePort,
  judgePush,
} from './judge.ts'

const PATIENCE_MS = 8_000
/** One host of each push service; Apple, Mozilla and Google between them serve nearly every browser. */
const PUSH_HOSTS = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'web.push.apple.com']

/** Asks everybody the shop talks to, without disturbing it. */
export async function checkNetwork(config: Config): Promise<Finding[]> {
  const looks = [checkBot, checkClock, checkAddress, checkPush, checkMail, checkBucket]
  return (await Promise.all(looks.map((look) => look(config)))).flat()
}

async function checkBot(config: Config): Promise<Finding[]> {
  try {
    const bot = await inspectBot(config)
    return [well(`Telegram: the token is the one of @${bot.username}`), ...judgeDelivery(bot, Date.now())]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [broken(`Telegram: ${why}`, 'Until then no customer is heard.')]
  }
}

async function checkClock({ telegramApiRoot }: Config): Promise<Finding[]> {
  const asked = Date.now()
  const date = (await ask(telegramApiRoot))?.headers.get('date')
  if (!date) return [note('clock: nobody to compare it with')]
  // The answer's date is cut to the second; the question was on its way for a while.
  return [judgeClock(Date.parse(date) + 500 - (asked + Date.now()) / 2)]
}

async function checkAddress({ publicUrl: url, port, botToken, dataDir }: Config): Promise<Finding[]> {
  const mark = shopMark(botToken)
  const here = await ask(`http://127.0.0.1:${port}/readyz`)
  const isFolderUsed = isFolderLocked(join(dataDir, 'shop.lock'))
  const shop = judgePort({ port, mark, isFolderUsed, answer: here && readAnswer(here) })
  const answer = url && (await ask(`${url}/healthz`))
  return [
    shop,
    url
      ? judgeAddress({
          url,
          isRunning: shop.mark === '✓',
          mark,
          answer: answer ? readAnswer(answer) : undefined,
        })
      : note('PUBLIC_URL: not set; no panel inside Telegram, no web push'),
  ]
}

function readAnswer({ status, headers }: Response): AddressState['answer'] {
  return { status, location: headers.get('location'), mark: headers.get(SHOP_MARK) }
}

async function checkPush({ push }: Config): Promise<Finding[]> {
  if (!push) return [note('web push: off', 'npm run setup switches it on, once PUBLIC_URL is set.')]
  const reached = await Promise.all(
    PUSH_HOSTS.map(async (host) => ((await ask(`https://${host}/`)) ? [] : [host])),
  )
  return judgePush(push.subject, reached.flat())
}

async function checkMail({ mail }: Config): Promise<Finding[]> {
  if (!mail) return [note('mail: off')]
  const why = await checkMailServer(mail.smtpUrl)
  if (!why) return [well(`mail: ${new URL(mail.smtpUrl).host} lets the shop in`)]
  return [broken(`mail: ${why}`, 'Look at SMTP_URL.')]
}

async function checkBucket({ backup: { bucket, everyMs } }: Config): Promise<Finding[]> {
  if (!bucket) return [note('bucket: none; backups are lost with the machine', 'See docs/backup.md.')]
  const kept = await listWithin(openBucketStore(bucket))
  if (kept instanceof Error)
    return [broken(`bucket: ${kept.message}`, 'Look at the settings that begin with S3_.')]
  const times = kept.map(({ at }) => at)
  return [judgeBackups({ place: 'bucket: can be read,', times, everyMs }, Date.now())]
}

/** Any answer will do; undefined when there is none. */
async function ask(url: string): Promise<Response | undefined> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch {
    return undefined
  }
}
