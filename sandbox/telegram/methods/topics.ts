import type { ForumTopic } from '@grammyjs/types'
import { chatOf, checkWritable, post } from '../chats.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { ChatState, Topic } from '../state.ts'
import type { Method, Methods } from './method.ts'

const blue = 0x6fb9f0

export const topicMethods: Methods = {
  createForumTopic,
  editForumTopic(sandbox, params) {
    const [chat, topic, thread] = topicOf(sandbox, params)
    if (params.has('name')) topic.name = readName(params)
    const forum_topic_edited = { name: topic.name }
    post(sandbox, chat, 'bot', 'editForumTopic', { ...inThread(thread), forum_topic_edited })
    return true
  },
  closeForumTopic: closer('closeForumTopic', true),
  reopenForumTopic: closer('reopenForumTopic', false),
  deleteForumTopic(sandbox, params) {
    const [chat, , thread] = topicOf(sandbox, params)
    chat.topics.delete(thread)
    return true
  },
}

function createForumTopic(sandbox: Sandbox, params: Params): ForumTopic {
  const chat = forumOf(sandbox, params)
  const name = readName(params)
  const icon_color = params.integer('icon_color') ?? blue
  sandbox.flood.spend(chat)
  const forum_topic_created = { name, icon_color }
  const { message_id } = post(sandbox, chat, 'bot', 'createForumTopic', { forum_topic_created })
  chat.topics.set(message_id, { name, closed: false })
  return { message_thread_id: message_id, name, icon_color }
}

function closer(method: string, closed: boolean): Method {
  return (sandbox, params) => {
    const [chat, topic, thread] = topicOf(sandbox, params)
    if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
    topic.closed = closed
    const news = closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }
    post(sandbox, chat, 'bot', method, { ...inThread(thread), ...news } as never)
    return true
  }
}

function topicOf(sandbox: Sandbox, params: Params): [ChatState, Topic, number] {
  const chat = forumOf(sandbox, params)
  const thread = params.integer('message_thread_id') ?? 0
  const topic = chat.topics.get(thread)
  if (!topic) throw badRequest('message thread not found')
  return [chat, topic, thread]
}

function forumOf(sandbox: Sandbox, params: Params): ChatState {
  const chat = chatOf(sandbox, params)
  if (!chat.forum) throw badRequest('the chat is not a forum')
  checkWritable(chat)
  return chat
}

function readName(params: Params): string {
  const name = params.text('name')?.trim() ?? ''
  if (name === '' || name.length > 128) throw badRequest('TOPIC_TITLE_INVALID')
  return name
}

function inThread(message_thread_id: number): { message_thread_id: number; is_topic_message: true } {
  return { message_thread_id, is_topic_message: true }
}
