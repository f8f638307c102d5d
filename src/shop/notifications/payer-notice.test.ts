import { expect, it } from 'vitest'
import { existing } from '../../../tests/given.ts'
import { charge, givenBankShop } from '../../../tests/given-money.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { sql, statement } from '../../db/statement.ts'
import { moveDueRefunds } from '../payments/move-refunds.ts'
import { settleMatter } from '../payments/settle-matter.ts'
import { takeCharge } from '../payments/store-charge.ts'
import { chatMessage } from './chat-message.ts'
import { gatherFacts } from './facts.ts'

const ofPerson = statement<{ recipient: string }>()((p) =>
  sql.selectFrom('notices').selectAll().where('recipient', '=', p.recipient).where('order_id', 'is', null),
)

it('tells whoever paid money without an order that it has come, and that it is given back', async () => {
  const { shop, owner, order } = givenBankShop()
  const personId = order.person_id
  const words = () =>
    shop.db.all(ofPerson({ recipient: `telegram:${personId}` })).map((notice: NoticeRow) => {
      return chatMessage(existing(gatherFacts(shop, notice)))?.html
    })
  const entryId = takeCharge(shop, charge(null, { personId }))
  expect(words()).toEqual([expect.stringContaining('we do not know for which order')])
  shop.write((work) => settleMatter(work, { entryId, decision: 'refund', actor: owner }))
  await moveDueRefunds(shop)
  expect(words()[1]).toContain('€29.90')
  expect(words()[1]).toContain('is given back')
})
