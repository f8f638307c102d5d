import { run } from '@grammyjs/runner'
import { Bot } from 'grammy'
import { sayHello } from './child.ts'

/** The floor of a payment's answer: grammY with its runner, which says yes to every payment and takes no notice of anything else. */
const [token = '', apiRoot = ''] = process.argv.slice(2)
const bot = new Bot(token, { client: { apiRoot } })
bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
await bot.init()
run(bot)
sayHello({ port: 0 })
