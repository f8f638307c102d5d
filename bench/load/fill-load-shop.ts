import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fillCatalogue } from '../../sandbox/demo-shop/fill-catalogue.ts'
import { fillSettings } from '../../sandbox/demo-shop/fill-settings.ts'
import { drawPictures } from '../../sandbox/demo-shop/pictures/draw-pictures.ts'
import { seatDevice } from '../../sandbox/demo-shop/seat-devices.ts'
import type { PushService } from '../../sandbox/push/push-service.ts'
import { chanceFrom } from '../../sandbox/seed/chance.ts'
import { type SeedCustomer, seedCustomers } from '../../sandbox/seed/seed-people.ts'
import { saveChoice } from '../../src/db/audience.ts'
import { openDatabase, type Tx } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { addPerson, findPerson, saveStaff } from '../../src/db/people.ts'
import { saveStaffGroup } from '../../src/db/staff-groups.ts'
import { GROUP, type Member, NOT_IN_OWN_CHAT, TEAM } from './team.ts'

export interface LoadShopWish {
  customers: number
  seed: number
  push: PushService
  vapidKey: string
}

/** A customer of an earlier day, whose address and phone the shop knows. */
export type KnownCustomer = SeedCustomer & { telegramId: number }

/** Makes a shop's data: shelves with pictures, a team with devices and a group, and customers who can be reached. */
export async function fillLoadShop(dataDir: string, wish: LoadShopWish): Promise<KnownCustomer[]> {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'shop.db')
  migrate(path)
  const db = openDatabase(path)
  const now = Date.now()
  const customers = db.write((tx) => {
    fillSettings(tx, now)
    fillCatalogue(tx, now)
    hireTeam(tx, wish, now)
    const seeded = seedCustomers(tx, chanceFrom(wish.seed), { count: wish.customers, now })
    return seeded.flatMap((customer) => {
      const person = findPerson(tx, customer.id)
      return person?.reach === 'ok' ? [{ ...customer, telegramId: person.telegram_id }] : []
    })
  })
  db.close()
  await drawPictures(join(dataDir, 'media'))
  return customers
}

function hireTeam(tx: Tx, { push, vapidKey }: LoadShopWish, now: number): void {
  const ids = TEAM.map((member) => hire(tx, member, now))
  TEAM.forEach(({ devices, name }, i) => {
    const personId = ids[i] ?? 0
    for (let n = 1; n <= devices; n++) {
      seatDevice(tx, push, { personId, name: `${name}’s browser ${n}`, vapidKey, now })
    }
    for (const topic of NOT_IN_OWN_CHAT) saveChoice(tx, { personId, topic, channel: 'telegram', wanted: 0 })
  })
  saveStaffGroup(tx, { chatId: GROUP.id, threadId: 0, title: GROUP.title, addedBy: ids[0] ?? 0, now })
}

function hire(tx: Tx, { telegramId, name, role }: Member, now: number): number {
  const id = addPerson(tx, { telegramId, name, username: null, language: 'en', reach: 'ok', now })
  saveStaff(tx, { personId: id, role, now })
  return id
}
