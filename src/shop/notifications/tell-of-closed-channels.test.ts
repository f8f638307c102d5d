import { expect, it } from 'vitest'
import { givenDevice, givenOrder, givenPerson, givenShop, givenStaff } from '../../../tests/given.ts'
import { setPersonEmail } from '../../db/people.ts'
import { sql } from '../../db/statement.ts'
import { openShop } from '../work.ts'
import { tellOfClosedChannels } from './tell-of-closed-channels.ts'

/** A shop with a device of staff and a mail that waits, and what the owner is told when it starts with these channels. */
function givenShopWithBoth() {
  const shop = givenShop()
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  const person = givenPerson(shop)
  shop.db.write((tx) => setPersonEmail(tx, person.id, 'ana@example.com'))
  givenOrder(shop, { person })
  return {
    start(channels: { push: boolean; mail: boolean }) {
      tellOfClosedChannels(openShop({ ...shop, settings: { ...shop.settings, channels } }))
      const news = sql.selectFrom('events').select('data').where('type', '=', 'shop_trouble').orderBy('id')
      return shop.db.all(news).map(({ data }) => JSON.parse(data).reason as string)
    },
  }
}

it('channels that are set up are no trouble', () => {
  expect(givenShopWithBoth().start({ push: true, mail: true })).toEqual([])
})

it('the owner hears once of devices that get nothing any more', () => {
  const { start } = givenShopWithBoth()
  const told = [expect.stringContaining('no device of staff (1) gets alerts any more')]
  expect(start({ push: false, mail: true })).toEqual(told)
  expect(start({ push: false, mail: true })).toEqual(told)
})

it('the owner hears of mails that are not sent', () => {
  const { start } = givenShopWithBoth()
  const told = [expect.stringContaining('mails that were waiting (1) are not sent')]
  expect(start({ push: true, mail: false })).toEqual(told)
})

it('nobody hears of channels that were never used', () => {
  const shop = givenShop({ channels: { push: false, mail: false } })
  givenOrder(shop)
  tellOfClosedChannels(shop)
  expect(shop.db.all(sql.selectFrom('events').select('type'))).toEqual([{ type: 'placed' }])
})
