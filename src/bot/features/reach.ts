import { Composer } from 'grammy'
import { findPersonByTelegramId } from '../../db/people.ts'
import { changeReach } from '../../shop/customers/change-reach.ts'
import { greetPerson } from '../../shop/customers/greet-person.ts'
import type { ShopContext } from '../context.ts'

/** Keeps in mind who can be written to. */
export const reach = new Composer<ShopContext>()

reach.chatType('private').on('my_chat_member', (ctx) => {
  const { new_chat_member: member, from } = ctx.myChatMember
  const now = member.status === 'kicked' ? 'blocked' : 'ok'
  ctx.write((work) => {
    const person = findPersonByTelegramId(work.tx, from.id) ?? greetPerson(work, from, 'unknown')
    changeReach(work, person, now)
  })
})
