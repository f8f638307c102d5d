import { expect, it } from 'vitest'
import { existing, givenDevice, givenShop, givenStaff } from '../../../tests/given.ts'
import { findNotice, type NoticeRow } from '../../db/notices.ts'
import { sql } from '../../db/statement.ts'
import { announceTrouble, type Trouble } from './announce-trouble.ts'
import { gatherFacts } from './facts.ts'
import { pushNotice } from './push-notices.ts'
import { staffShopNotices } from './staff-shop-notices.ts'

/** What an owner is told of these troubles, in the chat and on the lock screen: either may be what does not work. */
function toldOf(...troubles: Trouble[]) {
  const shop = givenShop()
  const olga = givenStaff(shop)
  givenStaff(shop, 'manager')
  givenDevice(shop, olga.id)
  shop.write((work) => {
    for (const trouble of troubles) announceTrouble(work, trouble)
  })
  const rows = shop.db.all(sql.selectFrom('notices').select(['id', 'channel']).orderBy('id'))
  const facts = ({ id }: Pick<NoticeRow, 'id'>) =>
    existing(gatherFacts(shop, existing(findNotice(shop.db, id))))
  const chat = rows.filter(({ channel }) => channel === 'telegram')
  const push = rows.filter(({ channel }) => channel === 'push')
  return {
    chat: chat.map((row) => existing(staffShopNotices.staff_shop_trouble)(facts(row))),
    push: push.map((row) => existing(pushNotice(facts(row)))),
  }
}

const REFUSED: Trouble = {
  key: 'a',
  type: 'shop_trouble',
  data: { reason: 'Check the token.', channel: 'telegram' },
}
const FAILING: Trouble = { key: 'b', type: 'shop_trouble', data: { reason: 'It fails.', job: 'check-books' } }
const OVER: Trouble = {
  key: 'c',
  type: 'shop_trouble_over',
  data: { reason: 'It works.', job: 'check-books' },
}
const BOOKS: Trouble = { key: 'd', type: 'shop_trouble', data: { reason: 'No answer.', path: '/more/money' } }

it('tells the owner alone, once under the same key', () => {
  expect(toldOf(REFUSED, REFUSED).chat).toHaveLength(1)
})

it('leads to where it is shown, and its end replaces it on the lock screen', () => {
  const { chat, push } = toldOf(REFUSED, FAILING, OVER, BOOKS)
  const button = (path: string) => [[{ label: 'Open in panel', action: 'open_panel', path }]]
  expect(chat).toMatchObject([
    { html: '⚠️ Check the token.', buttons: button('/more/notices') },
    { html: '⚠️ It fails.', buttons: button('/more/system') },
    { html: '✅ It works.', buttons: button('/more/system') },
    { html: '⚠️ No answer.', buttons: button('/more/money') },
  ])
  expect(push.map(({ title, path, tag }) => [title, path, tag])).toEqual([
    ['The shop needs your attention', '/more/notices', 'staff-shop-trouble'],
    ['The shop needs your attention', '/more/system', 'staff-shop-trouble'],
    ['A trouble of the shop is over', '/more/system', 'staff-shop-trouble'],
    ['The shop needs your attention', '/more/money', 'staff-shop-trouble'],
  ])
})
