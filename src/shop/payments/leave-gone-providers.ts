import { findPaymentRequest, listDueRequests, type PaymentRequestRow } from '../../db/payment-requests.ts'
import type { OnlineProvider } from '../../db/schema.ts'
import { announceTrouble } from '../notifications/announce-trouble.ts'
import type { Shop, Work } from '../work.ts'
import { failRequest } from './fail-request.ts'

const MOST = 1_000
const MOST_NAMED = 5
const REASON = 'This way to pay is not set up any more.'

/**
 * Sees to what waits for ways to pay that were set up at an earlier start and are no more. What was never made fails, so that
 * the customer can pay another way. What was sent can still be paid at the provider, and is looked at when the shop can ask
 * there again: until then the owner has to.
 */
export function leaveGoneProviders(shop: Shop, gone: readonly OnlineProvider[]): void {
  for (const provider of gone) {
    const waiting = listDueRequests(shop.db, { provider, now: Number.MAX_SAFE_INTEGER, limit: MOST })
    for (const { id } of waiting.filter(({ state }) => state === 'wanted'))
      shop.write((work) => failWanted(work, id))
    const sent = waiting.filter(({ reference }) => reference !== null)
    const way = shop.texts.say('en', `way-${provider}`)
    if (sent.length > 0) shop.write((work) => tellOwner(work, way, sent))
  }
}

function failWanted(work: Work, id: number): void {
  const request = findPaymentRequest(work.tx, id)
  if (request?.state === 'wanted') failRequest(work, request, REASON)
}

/** Once for these; again when there are newer ones. */
function tellOwner(work: Work, way: string, sent: readonly PaymentRequestRow[]): void {
  const orders = [...new Set(sent.map((request) => `#${request.order_id}`))]
  const named = orders.slice(0, MOST_NAMED).join(', ')
  const others = orders.length > MOST_NAMED ? ` and ${orders.length - MOST_NAMED} more` : ''
  const newest = Math.max(...sent.map(({ id }) => id))
  announceTrouble(work, {
    key: `trouble:way:gone:${newest}`,
    type: 'shop_trouble',
    data: {
      reason: `“${way}” is not set up any more, but what customers were sent can still be paid: orders ${named}${others}. The shop hears of that money only when it is set up again; until then, look there.`,
    },
  })
}
