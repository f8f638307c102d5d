import { Composer } from 'grammy'
import { findPersonByTelegramId, setReach } from '../../db/people.ts'
import type { Reach } from '../../db/schema.ts'
import { greetPerson } from '../../shop/customers/greet-person.ts'
import { recordEvent } from '../../shop/record-event.ts'
import type { Work } from '../../shop/work.ts'
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

/** Stores whether a person can be written to, and that it changed. */
export function changeReach(work: Work, person: { id: number; name: string }, now: Reach): void {
  if (!setReach(work.tx, person.id, now)) return
  recordEvent(work, {
    type: now === 'ok' ? 'person_back' : 'person_blocked',
    orderId: null,
    actor: { kind: 'customer', id: person.id, name: person.name, source: 'chat' },
  })
}
