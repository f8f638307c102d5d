import type { ShopSettingsBody, ShownSettings } from '../../../src/http/contract/settings.ts'
import { amountHint, parseMoney, plainMoney } from '../money/money.ts'

export interface MethodDraft {
  id: number | null
  name: string
  price: string
  needsAddress: boolean
  active: boolean
}

/** The settings as they are being typed: prices are still text. */
export interface SettingsDraft {
  name: string
  methods: MethodDraft[]
  payments: ShownSettings['payments']
  /** What 100 Stars count for; empty where Stars are not taken. */
  hundredStars: string
}

/** Faults by field: "name", "method.0.price". */
export type Faults = Record<string, string>

export function draftOf(settings: ShownSettings, currency: string): SettingsDraft {
  return {
    name: settings.name,
    methods: settings.deliveryMethods.map(({ id, name, priceMinor, needsAddress, active }) => ({
      id,
      name,
      price: plainMoney(priceMinor, currency),
      needsAddress,
      active,
    })),
    payments: settings.payments,
    hundredStars: settings.hundredStarsMinor === null ? '' : plainMoney(settings.hundredStarsMinor, currency),
  }
}

export function newMethod(): MethodDraft {
  return { id: null, name: '', price: '', needsAddress: true, active: true }
}

/** What was typed as the shop takes it, or what is wrong with it. */
export function settingsOf(
  draft: SettingsDraft,
  currency: string,
): { settings: ShopSettingsBody } | { faults: Faults } {
  const faults: Faults = {}
  if (!draft.name.trim()) faults.name = 'Give the shop a name.'
  const deliveryMethods = draft.methods.map((method, i) => {
    const { id, needsAddress, active } = method
    const priceMinor = parseMoney(method.price || '0', currency)
    if (!method.name.trim()) faults[`method.${i}.name`] = 'Give it a name.'
    if (priceMinor === undefined) faults[`method.${i}.price`] = `${amountHint(490, currency)}, or 0 for free`
    return { id, name: method.name.trim(), priceMinor: priceMinor ?? 0, needsAddress, active }
  })
  if (!deliveryMethods.some(({ active }) => active)) faults.methods = 'Keep at least one way of delivery on.'
  if (!draft.payments.some(({ active }) => active)) faults.payments = 'Keep at least one way to pay on.'
  const hundredStarsMinor = draft.hundredStars.trim() ? parseMoney(draft.hundredStars, currency) : null
  if (!hundredStarsMinor && hundredStarsMinor !== null) faults.stars = amountHint(130, currency)
  if (Object.keys(faults).length > 0) return { faults }
  const payments = draft.payments.map(({ kind, active, instructions }) => ({ kind, active, instructions }))
  return {
    settings: {
      name: draft.name.trim(),
      deliveryMethods,
      payments,
      hundredStarsMinor: hundredStarsMinor ?? null,
    },
  }
}

const SERVER_FIELD = /^deliveryMethods[.[](\d+)\]?\.(name|price)/

/** Where on the screen a fault belongs that the server has found. */
export function faultAt(field: string | undefined): string {
  if (!field) return 'form'
  const method = SERVER_FIELD.exec(field)
  if (method) return `method.${method[1]}.${method[2]}`
  if (field === 'hundredStarsMinor') return 'stars'
  if (field.startsWith('deliveryMethods')) return 'methods'
  return field.startsWith('payments') ? 'payments' : field === 'name' ? 'name' : 'form'
}
