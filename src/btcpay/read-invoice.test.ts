import { describe, expect, it } from 'vitest'
import { readInvoice } from './read-invoice.ts'
import type { Invoice, Payment } from './shapes.ts'

const NOW = 1_767_600_000_000
const MADE = NOW / 1000 - 600
const MINUTE_MS = 60_000

function invoice(status: Invoice['status'], additionalStatus: Invoice['additionalStatus'] = 'None'): Invoice {
  return {
    id: 'inv',
    storeId: 'store',
    amount: '54.20',
    currency: 'EUR',
    checkoutLink: 'https://btcpay.example/i/inv',
    createdTime: MADE,
    expirationTime: MADE + 3_600,
    monitoringExpiration: MADE + 90_000,
    status,
    additionalStatus,
    metadata: { orderId: '1001', littleShop: '7-1' },
  }
}

function paid(...payments: [euros: string, status?: Payment['status']][]) {
  const made = payments.map(([value, status = 'Settled'], i) => ({
    id: `tx${i}`,
    receivedDate: MADE + 60 * (i + 1),
    value,
    fee: '0',
    status,
  }))
  return [{ paymentMethodId: 'BTC-CHAIN', rate: '1', payments: made }]
}

const cases: [string, Invoice, ReturnType<typeof paid>, string, number | undefined][] = [
  ['new', invoice('New'), [], 'open', undefined],
  ['new and paid in part', invoice('New', 'PaidPartial'), paid(['20']), 'open', undefined],
  ['seen', invoice('Processing'), paid(['54.20', 'Processing']), 'seen', undefined],
  ['settled', invoice('Settled'), paid(['54.20']), 'paid', 5420],
  ['settled within the tolerance', invoice('Settled'), paid(['54.10']), 'paid', 5420],
  ['settled in parts', invoice('Settled'), paid(['20'], ['34.20']), 'paid', 5420],
  ['settled by hand', invoice('Settled', 'Marked'), [], 'paid', 5420],
  ['paid over', invoice('Settled', 'PaidOver'), paid(['54.20'], ['5']), 'paid', 5920],
  ['paid over, not yet confirmed', invoice('Settled'), paid(['54.20'], ['5', 'Processing']), 'paid', 5420],
  ['settled late', invoice('Settled', 'PaidLate'), paid(['54.20']), 'paid', 5420],
  ['expired', invoice('Expired'), [], 'over', undefined],
  ['expired and paid in part', invoice('Expired', 'PaidPartial'), paid(['20.005']), 'over', 2000],
  ['expired and paid late', invoice('Expired', 'PaidLate'), paid(['54.20']), 'over', 5420],
  [
    'expired, late money on its way',
    invoice('Expired', 'PaidLate'),
    paid(['54.20', 'Processing']),
    'over',
    undefined,
  ],
  ['invalid', invoice('Invalid', 'Invalid'), paid(['54.20', 'Invalid']), 'failed', undefined],
  [
    'invalid, a part of it confirmed',
    invoice('Invalid', 'Invalid'),
    paid(['30'], ['24.20', 'Invalid']),
    'over',
    3000,
  ],
  ['marked as invalid by a person', invoice('Invalid', 'Marked'), paid(['54.20']), 'failed', undefined],
  [
    'expired, its payment replaced',
    invoice('Expired', 'PaidPartial'),
    paid(['20', 'Invalid']),
    'over',
    undefined,
  ],
]

describe('an invoice of BTCPay Server', () => {
  it.each(cases)('that is %s', (_what, given, methods, state, amountMinor) => {
    const looked = readInvoice(given, methods, NOW)
    expect(looked.state).toBe(state)
    expect(looked.charge?.amountMinor).toBe(amountMinor)
    expect(looked.requestKey).toBe('7-1')
  })

  it('tells of a part that is seen while the rest can still be paid', () => {
    const part = (...given: Parameters<typeof invoice>) =>
      readInvoice(invoice(...given), paid(['20', 'Processing'], ['4.20'], ['9', 'Invalid']), NOW).partMinor
    expect(part('New', 'PaidPartial')).toBe(2420)
    expect(part('Expired', 'PaidPartial')).toBeUndefined()
  })

  it('dates its money by the newest payment', () => {
    const { charge } = readInvoice(invoice('Settled'), paid(['20'], ['34.20']), NOW)
    expect(charge).toEqual({ amountMinor: 5420, currency: 'EUR', at: (MADE + 120) * 1000 })
  })

  it('says why it failed', () => {
    expect(readInvoice(invoice('Invalid', 'Marked'), [], NOW).reason).toContain('marked as invalid')
    expect(readInvoice(invoice('Invalid'), [], NOW).reason).toContain('never confirmed')
  })

  it('is looked at again soon while something is under way, later while it is watched, then no more', () => {
    const nextLook = (given: Invoice, methods = paid(), now = NOW) => readInvoice(given, methods, now).checkAt
    expect(nextLook(invoice('New'))).toBe(NOW + MINUTE_MS)
    expect(nextLook(invoice('Processing'))).toBe(NOW + MINUTE_MS)
    expect(nextLook(invoice('Expired', 'PaidLate'), paid(['1', 'Processing']))).toBe(NOW + MINUTE_MS)
    expect(nextLook(invoice('Expired'))).toBe(NOW + 10 * MINUTE_MS)
    expect(nextLook(invoice('Settled'))).toBe(NOW + 60 * MINUTE_MS)
    // Two hours more than its own clock says.
    const end = (MADE + 90_000) * 1000 + 120 * MINUTE_MS
    expect(nextLook(invoice('Settled'), [], end - 1)).not.toBeNull()
    expect(nextLook(invoice('Settled'), [], end)).toBeNull()
  })
})
