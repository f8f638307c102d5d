import type { Chat, ChatMember, File, UserFromGetMe } from '@grammyjs/types'
import { chatOf } from '../chats.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import { asChat, asUser } from '../state.ts'
import type { Method, Methods } from './method.ts'

const maxDownload = 20 * 1024 * 1024

export const accountMethods: Methods = {
  getMe: ({ bot }): UserFromGetMe => bot.user,
  logOut: () => true,
  close: () => true,
  getFile,
  getChat,
  getChatMember,
  setMyName: setter('name', 64),
  setMyDescription: setter('description', 512),
  setMyShortDescription: setter('short_description', 120),
  getMyName: getter('name'),
  getMyDescription: getter('description'),
  getMyShortDescription: getter('short_description'),
}

function getFile(sandbox: Sandbox, params: Params): File {
  const file = sandbox.files.byId(params.text('file_id') ?? '')
  if (!file) throw badRequest('invalid file_id')
  if (file.bytes.length > maxDownload) throw badRequest('file is too big')
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.bytes.length,
    file_path: file.path,
  }
}

function getChat(sandbox: Sandbox, params: Params): Chat {
  const chat = chatOf(sandbox, params)
  return Object.assign(asChat(chat), { accent_color_id: 0, max_reaction_count: 11 })
}

function getChatMember(sandbox: Sandbox, params: Params): ChatMember {
  const chat = chatOf(sandbox, params)
  const userId = params.integer('user_id')
  if (userId === sandbox.bot.user.id) return { status: 'member', user: sandbox.bot.user }
  const person = sandbox.people.get(userId ?? 0)
  if (!person) throw badRequest('member not found')
  return { status: chat.members.has(person.id) ? 'member' : 'left', user: asUser(person) }
}

function setter(name: string, limit: number): Method {
  return ({ bot, events }, params) => {
    const value = params.text(name) ?? ''
    if (value.length > limit) throw badRequest(`bot ${name.replace('_', ' ')} is too long`)
    bot.descriptions.set(keyOf(name, params), value)
    events.emit({ type: 'bot' })
    return true
  }
}

function getter(name: string): Method {
  return ({ bot }, params) => {
    const own = name === 'name' ? bot.user.first_name : ''
    return { [name]: bot.descriptions.get(keyOf(name, params)) ?? bot.descriptions.get(`${name}:`) ?? own }
  }
}

function keyOf(name: string, params: Params): string {
  return `${name}:${params.text('language_code') ?? ''}`
}
