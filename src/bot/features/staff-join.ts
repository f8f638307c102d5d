import { Composer } from 'grammy'
import { findStaff } from '../../db/people.ts'
import { findInvitation, joinStaff } from '../../shop/staff/join-staff.ts'
import { attempt } from '../attempt.ts'
import { callbackData } from '../callback-data.ts'
import { customer, type ShopContext } from '../context.ts'
import { button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, plain, say } from '../words.ts'
import { homeKeyboard, offerPanel } from './home.ts'

/** Becoming staff by an invitation. It comes before home, which takes every other /start. */
export const staffJoin = new Composer<ShopContext>()

staffJoin
  .command('start')
  .filter((ctx) => ctx.match.startsWith('join_'))
  .use((ctx) => showInvitation(ctx, String(ctx.match).slice('join_'.length)))

staffJoin.callbackQuery(/^j:([\w-]{1,60})$/, async (ctx) => {
  const key = ctx.match[1] ?? ''
  const joined = attempt(ctx, (work) => joinStaff(work, { key, actor: customer(ctx) }))
  const role = findStaff(ctx.shop.db, ctx.person.id)?.role
  if (!joined && !role) return showInvitation(ctx, key)
  await offerPanel(ctx)
  const html = say(ctx, joined ? 'join-done' : 'join-already', { role: plain(ctx, `role-${role}`) })
  await show(ctx, { html, keyboard: homeKeyboard(ctx) })
})

/** Says who invites to what, and asks; or why the link is of no use any more. */
async function showInvitation(ctx: ShopContext, key: string): Promise<void> {
  const { db, clock } = ctx.shop
  const member = findStaff(db, ctx.person.id)
  const { state, role, inviter } = findInvitation(db, key, clock.now())
  if (member) {
    const html = say(ctx, 'join-already', { role: plain(ctx, `role-${member.role}`) })
    return show(ctx, { html, keyboard: homeKeyboard(ctx) })
  }
  if (state !== 'open') return show(ctx, { html: say(ctx, `join-${state}`), keyboard: homeKeyboard(ctx) })
  const html = say(ctx, 'join', {
    inviter,
    role: plain(ctx, `role-${role}`),
    duties: plain(ctx, `duties-${role}`),
  })
  const yes = button(label(ctx, 'join-yes'), callbackData.join(key))
  await show(ctx, { html, keyboard: [[yes], [button(label(ctx, 'desk-not-now'), callbackData.home)]] })
}
