import {
  listAllDeliveryMethods,
  listPaymentMethods,
  saveDeliveryMethod,
  savePaymentMethod,
} from '../../db/checkout.ts'
import type { Reader } from '../../db/database.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { readSetting, saveSetting } from '../../db/settings.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Providers } from '../payments/provider.ts'
import { readStarsRate, saveStarsRate } from '../payments/stars-rate.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Shop, Work } from '../work.ts'
import { whyNotOffered } from './why-not-offered.ts'

const DEFAULT_NAME = 'LittleShop'

/** What the owner sets in the panel. */
export interface EditableSettings {
  name: string
  deliveryMethods: {
    id: number | null
    name: string
    priceMinor: number
    needsAddress: boolean
    active: boolean
  }[]
  payments: { kind: PaymentMethod; active: boolean; instructions: string }[]
  /** What 100 Stars count for, in minor units; null when Stars are not taken, left out when that is to stay. */
  hundredStarsMinor?: number | null | undefined
}

/** The settings as they are shown: with what is set up, and what is missing where it is not. */
export interface ShownSettings extends EditableSettings {
  payments: (EditableSettings['payments'][number] & { available: boolean; why: string | null })[]
  hundredStarsMinor: number | null
}

/** The name the owner gave the shop in the panel, else the one given here. */
export function readShopName(db: Reader, otherwise = DEFAULT_NAME): string {
  return readSetting(db, 'shop.name') ?? otherwise
}

export function readShopSettings({ db, providers }: Pick<Shop, 'db' | 'providers'>): ShownSettings {
  return {
    name: readShopName(db),
    deliveryMethods: listAllDeliveryMethods(db).map((row) => ({
      id: row.id,
      name: row.name,
      priceMinor: row.price_minor,
      needsAddress: row.needs_address === 1,
      active: row.active === 1,
    })),
    payments: listPaymentMethods(db).map((row) => ({
      kind: row.kind,
      active: row.active === 1,
      instructions: row.instructions,
      ...availability(db, providers, row.kind),
    })),
    hundredStarsMinor: readStarsRate(db),
  }
}

/** Stars can be switched on as soon as their rate is said, which is done in the same form. */
function availability(db: Reader, providers: Providers, kind: PaymentMethod) {
  const why = whyNotOffered(db, providers, kind) ?? null
  return { available: why === null || (kind === 'stars' && providers.has(kind)), why }
}

/** Stores the settings as one. Throws a ShopError invalid when a customer could then no longer order. */
export function saveShopSettings(work: Work, settings: EditableSettings, actor: Actor): void {
  checkUsable(settings)
  const known = new Set(listAllDeliveryMethods(work.tx).map((row) => row.id))
  saveSetting(work.tx, 'shop.name', settings.name)
  settings.deliveryMethods.forEach((method, position) => {
    if (method.id !== null && !known.has(method.id))
      throw new ShopError('not_found', 'There is no such delivery.')
    saveDeliveryMethod(work.tx, {
      id: method.id,
      name: method.name,
      priceMinor: method.priceMinor,
      needsAddress: method.needsAddress ? 1 : 0,
      active: method.active ? 1 : 0,
      position,
    })
  })
  if (settings.hundredStarsMinor !== undefined) saveStarsRate(work.tx, settings.hundredStarsMinor)
  for (const { kind, active, instructions } of settings.payments) {
    const why = active ? whyNotOffered(work.tx, work.providers, kind) : undefined
    if (why)
      throw new ShopError('invalid', why, { field: kind === 'stars' ? 'hundredStarsMinor' : 'payments' })
    savePaymentMethod(work.tx, { kind, instructions, active: active ? 1 : 0 })
  }
  recordEvent(work, { type: 'settings_changed', orderId: null, actor })
}

function checkUsable(settings: EditableSettings): void {
  if (!settings.deliveryMethods.some((method) => method.active)) {
    throw new ShopError('invalid', 'Keep at least one way of delivery switched on.', {
      field: 'deliveryMethods',
    })
  }
  if (!settings.payments.some((payment) => payment.active)) {
    throw new ShopError('invalid', 'Keep at least one way to pay switched on.', { field: 'payments' })
  }
  const transfer = settings.payments.find((payment) => payment.kind === 'bank_transfer')
  if (transfer?.active && !transfer.instructions) {
    throw new ShopError('invalid', 'Say where customers transfer the money to.', { field: 'instructions' })
  }
}
