import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { telegramProviders } from '../../src/bot/payment-providers.ts'
import { type Database, openDatabase, type Tx } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { countOrders, listOrdersOfPerson } from '../../src/db/order-lists.ts'
import { noticeEnded } from '../../src/db/outbox.ts'
import { setReach } from '../../src/db/people.ts'
import { listNoticesOfOrder } from '../../src/db/proof.ts'
import type { Role } from '../../src/db/schema.ts'
import { takeNoticesAsSent, tallyMadeUpNotices } from '../../src/db/seed-notices.ts'
import { replanEscalations } from '../../src/shop/escalation/replan-escalations.ts'
import { providersByHand, providersOf } from '../../src/shop/payments/provider.ts'
import type { Actor, ShopSettings } from '../../src/shop/work.ts'
import { fillAlerts } from './fill-alerts.ts'
import { countShelves, fillCatalogue } from './fill-catalogue.ts'
import { fillPeople, fillSettings } from './fill-settings.ts'
import { CUSTOMERS, STAFF } from './people.ts'
import { drawBankReceipt } from './pictures/bank-receipt.ts'
import { drawPictures } from './pictures/draw-pictures.ts'
import { STORIES } from './stories.ts'
import { DEMO_RECEIPT } from './tell-money.ts'
import { type Cast, type Scene, tellStory } from './tell-story.ts'

export { DEMO_PEOPLE, STAFF_GROUP } from './people.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const SETTINGS: ShopSettings = {
  currency: 'EUR',
  timezone: 'UTC',
  undoGraceMs: 5000,
  channels: { push: false, mail: false },
}

const RECEIPT: [string, string][] = [
  ['To', 'Fern & Kettle Lda'],
  ['Amount', '€33.90'],
  ['For', 'the rest of my kettle'],
]

/** Nobody is asked anything: what the providers did in the past stands in the ledger. */
const PROVIDERS = providersOf(
  ...providersByHand(2 * DAY_MS),
  ...telegramProviders({
    botToken: '1:nobody',
    telegramApiRoot: 'http://127.0.0.1:1',
    currency: SETTINGS.currency,
    onlineWindowMs: 60 * MINUTE_MS,
    paymentProviderToken: 'the past',
  }),
)

const PARTS = { settings: SETTINGS, providers: PROVIDERS }

/**
 * Makes DATA_DIR a shop that has been open for a month: Fern & Kettle, with shelves, pictures, people, and orders
 * played through the shop's own use cases. `now` is when the demo begins, in ms since the epoch.
 * Returns false, changing nothing, when the shop already has orders.
 */
export async function fillDemoShop({ dataDir, now }: { dataDir: string; now: number }): Promise<boolean> {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'shop.db')
  migrate(path)
  const db = openDatabase(path)
  try {
    if (hasOrders(db)) return false
    fillDemoDatabase(db, now)
  } finally {
    db.close()
  }
  await drawPictures(join(dataDir, 'media'))
  const proofs = join(dataDir, 'proofs')
  mkdirSync(proofs, { recursive: true })
  writeFileSync(join(proofs, DEMO_RECEIPT), await drawBankReceipt(RECEIPT))
  return true
}

/** Fills an open, migrated, empty database with the demo shop, in one transaction. */
export function fillDemoDatabase(db: Database, now: number): void {
  db.write((tx) => {
    const opened = now - 35 * DAY_MS
    fillSettings(tx, opened)
    const variantIds = fillCatalogue(tx, opened)
    const personIds = fillPeople(tx, opened)
    for (const { at, play } of script(now, variantIds, personIds)) {
      play({ tx, now: at, ...PARTS, events: [] })
    }
    // Orders of the past that nobody accepted are reminded of from now on, not for every time that was missed.
    replanEscalations({ tx, now, ...PARTS, events: [] })
    takeNoticesAsSent(tx, now)
    fillAlerts(tx, personIds, now)
    countShelves(tx, variantIds)
    for (const { telegramId } of CUSTOMERS.filter(({ blocked }) => blocked)) {
      blockAfterLastOrder(tx, personIds.get(telegramId) ?? 0)
    }
    tallyMadeUpNotices(tx)
  })
}

function hasOrders(db: Database): boolean {
  return Object.values(countOrders(db)).some((count) => count > 0)
}

/** Every scene of every story at its moment, oldest first. */
function script(now: number, variantIds: Map<string, number>, personIds: Map<number, number>): Scene[] {
  const scenes = STORIES.flatMap((story, number) => {
    const cast = castOf(story.by, variantIds, personIds)
    const begin = beginning(now, story.hoursAgo, number)
    return squeezed(tellStory(story, cast, number), (now - begin) / MINUTE_MS).map(({ at, play }) => ({
      at: Math.round(begin + at * MINUTE_MS),
      play,
    }))
  })
  return scenes.sort((a, b) => a.at - b.at)
}

/** When the order was placed: of the last two days to the minute, before that on a morning, so that staff sleep at night. */
function beginning(now: number, hoursAgo: number, number: number): number {
  const begin = now - hoursAgo * 60 * MINUTE_MS
  if (hoursAgo < 48) return begin
  const midnight = begin - (begin % DAY_MS)
  return midnight + (8 * 60 + ((number * 67) % 300)) * MINUTE_MS
}

/** A young order's scenes, drawn together so that the last one still lies in the past. */
function squeezed(scenes: Scene[], age: number): Scene[] {
  const last = Math.max(...scenes.map(({ at }) => at))
  const share = Math.min(1, (age * 0.8) / Math.max(last, 1))
  return scenes.map(({ at, play }) => ({ at: at * share, play }))
}

function castOf(telegramId: number, variantIds: Map<string, number>, personIds: Map<number, number>): Cast {
  const customer = CUSTOMERS.find((one) => one.telegramId === telegramId)
  if (!customer) throw new Error(`the demo shop has no customer ${telegramId}`)
  const actor = (role: Role, source: Actor['source']): Actor => {
    const member = STAFF.find((one) => one.role === role)
    return {
      kind: 'staff',
      id: personIds.get(member?.telegramId ?? 0) ?? 0,
      name: member?.name ?? '',
      source,
      role,
    }
  }
  return {
    customer: { ...customer, id: personIds.get(telegramId) ?? 0 },
    owner: actor('owner', 'panel'),
    manager: actor('manager', 'panel'),
    packer: actor('packer', 'chat'),
    variantIds,
  }
}

// Somebody has to be out of reach, or the panel's page for undelivered notices would have nothing to show.
function blockAfterLastOrder(tx: Tx, personId: number): void {
  const [order] = listOrdersOfPerson(tx, personId, { limit: 1 })
  const notices = order ? listNoticesOfOrder(tx, order.id) : []
  const last = notices.filter((notice) => notice.person_id === personId).at(-1)
  const error = 'Forbidden: bot was blocked by the user'
  if (last) noticeEnded(tx, { id: last.id, state: 'dead', error, now: last.due_at })
  setReach(tx, personId, 'blocked')
}
