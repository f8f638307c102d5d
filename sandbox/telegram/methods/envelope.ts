import type { Message } from '@grammyjs/types'
import { type Content, setKeyboard } from '../chats.ts'
import type { Attached } from '../markup.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { ChatState } from '../state.ts'

/** What every send has in common: the thread, the reply, protection and the inline keyboard. */
export function envelope(params: Params, chat: ChatState, attached: Attached): Content {
  const thread = params.integer('message_thread_id')
  const topic = chat.topics.get(thread ?? 0)
  if (thread !== undefined && !topic) throw badRequest('message thread not found')
  if (topic?.closed) throw badRequest('TOPIC_CLOSED')
  const replied = repliedMessage(params, chat)
  return {
    ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true }),
    ...(replied ? { reply_to_message: replied } : {}),
    ...(params.flag('protect_content') ? { has_protected_content: true } : {}),
    ...(attached.inline?.inline_keyboard.length ? { reply_markup: attached.inline } : {}),
  }
}

type Replied = Content['reply_to_message']

function repliedMessage(params: Params, chat: ChatState): Replied {
  const reply = params.json('reply_parameters') as
    | { message_id?: number; allow_sending_without_reply?: boolean }
    | undefined
  const id = reply?.message_id ?? params.integer('reply_to_message_id')
  if (id === undefined) return undefined
  const message = chat.messages.get(id)
  if (!message && !(reply?.allow_sending_without_reply ?? params.flag('allow_sending_without_reply'))) {
    throw badRequest('message to be replied not found')
  }
  if (!message) return undefined
  const { reply_to_message: _nested, ...shallow } = message
  return shallow as Replied
}

/** Shows or takes away the reply keyboard of the person the bot wrote to. */
export function applyKeyboard(sandbox: Sandbox, chat: ChatState, attached: Attached, message: Message): void {
  if (attached.keyboard === undefined) return
  setKeyboard(sandbox, chat, attached.keyboard === 'remove' ? undefined : attached.keyboard)
  if (attached.keyboard !== 'remove') chat.uneditable.add(message.message_id)
}
