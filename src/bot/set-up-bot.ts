import type { Api } from 'grammy'
import type { MenuButton, UserFromGetMe } from 'grammy/types'
import type { Texts } from '../lib/texts.ts'
import { ALLOWED_UPDATES } from './allowed-updates.ts'
import { offerCommands } from './commands.ts'
import { arrangeDelivery, type Webhook, webhookOf } from './delivery.ts'
import { describeBot } from './describe-bot.ts'
import { introduce, inWords, isUnknownToken } from './introduce.ts'
import { openApi } from './open-api.ts'
import { panelAddress } from './panel-address.ts'
import { isRefusal } from './telegram-errors.ts'

export interface BotSettings {
  botToken: string
  telegramApiRoot: string
  publicUrl: string | undefined
  updates: 'polling' | 'webhook'
  ownerIds: number[]
  mail?: object | undefined
}

/** One thing people see of the bot in Telegram: how it is now, and whether it had to be changed for that. */
export interface BotStep {
  changed: boolean
  said: string
}

/** Whose token this is; undefined when it is nobody's. */
export async function askBot(botToken: string, apiRoot: string): Promise<UserFromGetMe | undefined> {
  try {
    return await openApi(botToken, apiRoot).getMe()
  } catch (error) {
    if (isUnknownToken(error)) return undefined
    throw inWords(error)
  }
}

/** Brings what Telegram shows of the bot in line with the settings, and says of each thing what became of it. */
export async function* setUpBot(config: BotSettings, texts: Texts): AsyncGenerator<BotStep> {
  try {
    yield* steps(openApi(config.botToken, config.telegramApiRoot), config, texts)
  } catch (error) {
    throw inWords(error)
  }
}

async function* steps(api: Api, config: BotSettings, texts: Texts): AsyncGenerator<BotStep> {
  const { first_name: name, username } = await introduce(api)
  yield { changed: false, said: `token: it is the one of @${username}` }
  const mail = config.mail !== undefined
  yield { changed: await offerCommands(api, { texts, mail }), said: 'commands beside the input line' }
  yield { changed: await describeBot(api, texts, name), said: 'description for newcomers' }
  const url = panelAddress(config.publicUrl)
  if (url) for (const id of config.ownerIds) yield await showPanel(api, id, { url, texts })
  yield await deliver(api, webhookOf(config))
}

/** Customers keep the list of commands behind the menu button; other staff get theirs with /start. */
async function showPanel(
  api: Api,
  ownerId: number,
  { url, texts }: { url: string; texts: Texts },
): Promise<BotStep> {
  const button = { type: 'web_app' as const, text: texts.say('en', 'menu-panel'), web_app: { url } }
  try {
    const changed = !leadsTo(await api.getChatMenuButton({ chat_id: ownerId }), url)
    if (changed) await api.setChatMenuButton({ chat_id: ownerId, menu_button: button })
    return { changed, said: `menu button of ${ownerId}: the panel` }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { changed: false, said: `menu button of ${ownerId}: comes when they send /start to the bot` }
  }
}

function leadsTo(button: MenuButton, url: string): boolean {
  return button.type === 'web_app' && button.web_app.url === url
}

async function deliver(api: Api, webhook: Webhook | undefined): Promise<BotStep> {
  const { url = '', allowed_updates: allowed = [] } = await api.getWebhookInfo()
  const isSo = webhook
    ? url === webhook.url && ALLOWED_UPDATES.every((kind) => allowed.includes(kind))
    : url === ''
  if (!isSo) await arrangeDelivery(api, webhook)
  return {
    changed: !isSo,
    said: webhook
      ? 'webhook: Telegram posts updates to the shop'
      : 'no webhook: the shop fetches its updates',
  }
}
