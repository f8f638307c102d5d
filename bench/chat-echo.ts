import { run } from '@grammyjs/runner'
import { Bot } from 'grammy'
import { sayHello } from './child.ts'

/** The floor in the chat: grammY with its runner, which says what it hears and edits what is pressed, nothing else. */
async function open([token = '', apiRoot = '']: string[]): Promise<void> {
  const bot = new Bot(token, { client: { apiRoot } })
  let edits = 0
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text))
  bot.on('callback_query:data', async (ctx) => {
    edits += 1
    await Promise.all([ctx.editMessageText(`${ctx.callbackQuery.data} ${edits}`), ctx.answerCallbackQuery()])
  })
  await bot.init()
  run(bot)
  sayHello({ port: 0 })
}

// Imported, it is only compiled.
if (import.meta.main) await open(process.argv.slice(2))
