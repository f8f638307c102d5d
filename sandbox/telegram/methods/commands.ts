import type { BotCommand, MenuButton } from '@grammyjs/types'
import { chatOf } from '../chats.ts'
import { checkWebAppUrl } from '../inline-button.ts'
import { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Methods } from './method.ts'

const scopes = new Set([
  ...['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'],
  ...['chat', 'chat_administrators', 'chat_member'],
])

export const commandMethods: Methods = {
  setMyCommands,
  getMyCommands: ({ bot, ...rest }, params) => bot.commands.get(scopeKey({ bot, ...rest }, params)) ?? [],
  deleteMyCommands(sandbox, params) {
    sandbox.bot.commands.delete(scopeKey(sandbox, params))
    sandbox.events.emit({ type: 'bot' })
    return true
  },
  setChatMenuButton,
  getChatMenuButton: (sandbox, params) => menuButton(sandbox, params.integer('chat_id') ?? 0),
}

function setMyCommands(sandbox: Sandbox, params: Params): true {
  const commands = params.json('commands')
  if (!Array.isArray(commands)) throw badRequest("can't parse commands: expected an Array of BotCommand")
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  const key = scopeKey(sandbox, params)
  sandbox.bot.commands.set(key, commands.map(readCommand))
  sandbox.events.emit({ type: 'bot' })
  return true
}

function readCommand(value: unknown): BotCommand {
  const { command, description } = (value ?? {}) as Partial<BotCommand>
  const name = command?.replace(/^\//, '') ?? ''
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID')
  if (!description || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  return { command: name, description }
}

function scopeKey(sandbox: Sandbox, params: Params): string {
  const scope = (params.json('scope') ?? { type: 'default' }) as Record<string, unknown>
  const type = String(scope.type)
  if (!scopes.has(type)) throw badRequest("can't parse BotCommandScope: Unsupported type specified")
  const chatId = type.startsWith('chat') ? chatOf(sandbox, new Params(scope)).id : ''
  return [type, chatId, scope.user_id ?? '', params.text('language_code') ?? ''].join(':')
}

/** The commands a person sees in their private chat: the first list that is set, narrowest scope first. */
export function commandsFor(sandbox: Sandbox, chatId: number, language = ''): BotCommand[] {
  for (const scope of [`chat:${chatId}`, 'all_private_chats:', 'default:']) {
    for (const code of [language, '']) {
      const commands = sandbox.bot.commands.get(`${scope}::${code}`)
      if (commands) return commands
    }
  }
  return []
}

function setChatMenuButton(sandbox: Sandbox, params: Params): true {
  const chatId = params.has('chat_id') ? chatOf(sandbox, params).id : 0
  const button = (params.json('menu_button') ?? { type: 'default' }) as MenuButton
  if (!['commands', 'web_app', 'default'].includes(button.type)) {
    throw badRequest("can't parse menu button: Unallowed type specified")
  }
  if (button.type === 'web_app') {
    if (!button.text) throw badRequest('BUTTON_TEXT_INVALID')
    checkWebAppUrl(button.web_app, 'menu button Web App URL')
  }
  sandbox.bot.menuButtons.set(chatId, button)
  sandbox.events.emit({ type: 'bot' })
  return true
}

/** A chat's own button, or the bot's default. */
export function menuButton({ bot }: Sandbox, chatId: number): MenuButton {
  const own = bot.menuButtons.get(chatId)
  if (own && own.type !== 'default') return own
  return bot.menuButtons.get(0) ?? { type: 'commands' }
}
