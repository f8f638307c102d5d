import { Composer } from 'grammy'
import { findStaff } from '../../db/people.ts'
import { browserName } from '../../shop/staff/browser-name.ts'
import { answerSignIn, findSignIn } from '../../shop/staff/sign-in.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, say } from '../words.ts'
import { homeKeyboard, showHome } from './home.ts'

/** Signing in to the panel outside Telegram. It comes before home, which takes every other /start. */
export const signIn = new Composer<ShopContext>()

signIn
  .command('start')
  .filter((ctx) => ctx.match.startsWith('login_'))
  .use((ctx) => showSignIn(ctx, String(ctx.match).slice('login_'.length)))

signIn.callbackQuery(/^n:([\w-]{1,48}):(\d{0,2})$/, async (ctx) => {
  const [, key = '', number = ''] = ctx.match
  const personId = ctx.person.id
  if (findStaff(ctx.shop.db, personId)) {
    ctx.write((work) => answerSignIn(work, { key, personId, number: number ? Number(number) : null }))
  }
  await showSignIn(ctx, key)
})

/** Asks for the number, or says how the sign-in ended. */
async function showSignIn(ctx: ShopContext, key: string): Promise<void> {
  const { db, clock } = ctx.shop
  if (!findStaff(db, ctx.person.id)) return showHome(ctx, say(ctx, 'sign-in-staff-only'))
  const { state, userAgent, personId, choices } = findSignIn(db, key, clock.now())
  const browser = browserName(userAgent)
  if (state === 'waiting') {
    const numbers = choices.map((number) => button(String(number), callbackData.signIn(key, number)))
    const notMe = button(label(ctx, 'sign-in-not-me'), callbackData.signIn(key))
    return show(ctx, { html: say(ctx, 'sign-in-question', { browser }), keyboard: [numbers, [notMe]] })
  }
  // What became of somebody else's sign-in is not for everybody.
  const words = state === 'over' || personId !== ctx.person.id ? 'over' : state
  await show(ctx, { html: say(ctx, `sign-in-${words}`, { browser }), keyboard: homeKeyboard(ctx) })
}
