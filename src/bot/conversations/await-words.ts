import {
  type Conversation,
  type ConversationData,
  type ConversationStorage,
  conversations,
  createConversation,
  type VersionedState,
} from '@grammyjs/conversations'
import { Composer, type Context } from 'grammy'
import { readConversation, removeConversation, saveConversation } from '../../db/chat-state.ts'
import type { Shop } from '../../shop/work.ts'
import type { ShopContext } from '../context.ts'
import type { Question } from './question.ts'

// To be raised whenever `awaitWords` or Question changes shape: older waiting questions are then forgotten.
const VERSION = 1

/**
 * The one conversation: waits for one message and hands it on together with the question it answers.
 * Nothing is done in here, because a conversation is replayed and knows nothing of the bot's API settings.
 */
async function awaitWords(
  conversation: Conversation<ShopContext, Context>,
  _ctx: Context,
  question: Question,
): Promise<void> {
  await conversation.waitFor('message', { next: true })
  await conversation.external((ctx) => {
    ctx.answers = question
  })
  await conversation.halt({ next: true })
}

/**
 * Runs `answer` for a message, with `ctx.answers` set when the bot was waiting for it.
 * Whatever a button or command took care of ends the waiting; `ctx.asks` begins it anew.
 */
export function waitingForWords(
  shop: Shop,
  answer: (ctx: ShopContext) => Promise<void>,
): Composer<ShopContext> {
  const composer = new Composer<ShopContext>()
  composer.use(conversations<ShopContext, Context>({ storage: storageIn(shop) }))
  composer.use(async (ctx, next) => {
    if (ctx.handled) await ctx.conversation.exitAll()
    await next()
  })
  composer.use(createConversation<ShopContext, Context>(awaitWords))
  composer.use(async (ctx) => {
    try {
      if (!ctx.handled && ctx.message) await answer(ctx)
    } catch (error) {
      ctx.asks ??= ctx.answers
      throw error
    } finally {
      if (ctx.asks) await wait(ctx, ctx.asks)
    }
  })
  return composer
}

async function wait(ctx: ShopContext, question: Question): Promise<void> {
  await ctx.conversation.exitAll()
  await ctx.conversation.enter(awaitWords.name, question)
}

function storageIn(shop: Shop): ConversationStorage<ShopContext, ConversationData> {
  return {
    type: 'key',
    version: VERSION,
    // A person is asked in their own chat only, whose id is theirs, also when they pressed a button in a group.
    getStorageKey: (ctx) => String(ctx.from?.id ?? `none:${ctx.update.update_id}`),
    adapter: {
      read(key) {
        const value = readConversation(shop.db, key)
        return value === undefined ? undefined : (JSON.parse(value) as VersionedState<ConversationData>)
      },
      write(key, state) {
        const row = { key, value: JSON.stringify(state), now: shop.clock.now() }
        shop.db.write((tx) => saveConversation(tx, row))
      },
      delete: (key) => shop.db.write((tx) => removeConversation(tx, key)),
    },
  }
}
