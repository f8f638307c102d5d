import { Composer, type Context } from 'grammy'
import { listStaffGroupsOfChat, moveStaffGroup, renameStaffGroup } from '../../db/staff-groups.ts'
import { shorten } from '../../lib/shorten.ts'
import { closeGroup, toggleGroup } from '../../shop/staff/staff-groups.ts'
import { SYSTEM } from '../../shop/work.ts'
import { identifyInGroup, type ShopContext, staffActor } from '../context.ts'
import { isRefusal, isUnreachable } from '../telegram-errors.ts'
import { say } from '../words.ts'

const MAX_TITLE = 100

/** Groups of staff: which are told of orders, what they are called, and when they end. */
export const staffGroups = new Composer<ShopContext>()

staffGroups.command('alerts', identifyInGroup, async (ctx) => {
  // Who writes as the group itself cannot be asked for their role.
  if (ctx.message?.sender_chat) return answerHere(ctx, 'group-anonymous')
  const actor = staffActor(ctx)
  if (actor?.role !== 'owner' && actor?.role !== 'manager') return answerHere(ctx, 'group-desk-only')
  const place = { chatId: ctx.chat.id, threadId: threadOf(ctx) ?? 0, title: titleOf(ctx.chat) }
  const now = ctx.write((work) => toggleGroup(work, place, actor)) ?? stateOf(ctx, place)
  await answerHere(ctx, `group-${now}`)
})

staffGroups.on('my_chat_member', identifyInGroup, async (ctx) => {
  const { old_chat_member: before, new_chat_member: now, chat } = ctx.myChatMember
  const isGone = now.status === 'left' || now.status === 'kicked'
  if (isGone) return endChat(ctx, chat.id)
  if (before.status === 'left' || before.status === 'kicked') await answerHere(ctx, 'group-hello')
})

staffGroups.on('message:migrate_to_chat_id', (ctx) =>
  follow(ctx, ctx.chat.id, ctx.message.migrate_to_chat_id),
)
staffGroups.on('message:migrate_from_chat_id', (ctx) =>
  follow(ctx, ctx.message.migrate_from_chat_id, ctx.chat.id),
)
staffGroups.on('message:new_chat_title', (ctx) => {
  ctx.write(({ tx }) => renameStaffGroup(tx, { chatId: ctx.chat.id, title: titleOf(ctx.chat) }))
})

function follow(ctx: ShopContext, from: number, to: number): void {
  ctx.write(({ tx }) => moveStaffGroup(tx, { from, to }))
}

function endChat(ctx: ShopContext, chatId: number): void {
  ctx.write((work) => {
    for (const { id } of listStaffGroupsOfChat(work.tx, chatId))
      closeGroup(work, id, SYSTEM, 'the bot was removed from the group')
  })
}

/** Said again after a crash: what the first time made of it. */
function stateOf(ctx: ShopContext, place: { chatId: number; threadId: number }): 'on' | 'off' {
  const groups = listStaffGroupsOfChat(ctx.shop.db, place.chatId)
  return groups.some((group) => group.thread_id === place.threadId) ? 'on' : 'off'
}

/** In the topic in which it was said. Where the bot may not write, there is nobody to tell. */
async function answerHere(ctx: ShopContext, id: string): Promise<void> {
  const thread = threadOf(ctx)
  const options = { parse_mode: 'HTML', ...(thread !== undefined && { message_thread_id: thread }) } as const
  try {
    if (ctx.chatId !== undefined) await ctx.api.sendMessage(ctx.chatId, say(ctx, id), options)
  } catch (error) {
    if (!isRefusal(error) && !isUnreachable(error)) throw error
  }
}

function threadOf(ctx: Context): number | undefined {
  return ctx.message?.is_topic_message ? ctx.message.message_thread_id : undefined
}

function titleOf(chat: { title?: string | undefined }): string {
  return shorten(chat.title ?? '', MAX_TITLE) || 'Group'
}
