import { expect, it } from 'vitest'
import type { LedgerRow } from '../db/ledger.ts'
import type { BtcpayClient } from './client.ts'
import { listEntries } from './list-entries.ts'
import { checkRefund, refund } from './refund.ts'

const PULL = {
  id: 'pull-1',
  description: 'LittleShop refund 7-100',
  currency: 'EUR',
  amount: '29.90',
  archived: true,
  viewLink: 'https://btcpay.example/pull-payments/pull-1',
}
const claim = (originalAmount: string, state: string) => ({
  pullPaymentId: 'pull-1',
  date: 1_790_000_000,
  originalAmount,
  state,
})
const ENTRY = { id: 7, stored_at: 100, reference: 'pull-1', amount_minor: 2990, currency: 'EUR' } as LedgerRow
const CHARGE = { reference: 'inv-1' } as LedgerRow

/** BTCPay Server with one offer and these claims on it; nothing can be made there. */
function client(pull: object, claims: object[]): BtcpayClient {
  return {
    storeId: 'store',
    async get(path, shape) {
      const said = path.includes('payouts') ? claims : path.includes('/stores/') ? [pull] : pull
      return shape.parse(path.includes('/invoices') ? [] : said)
    },
    post: () => Promise.reject(new Error('nothing more is offered')),
  }
}

it('says what was claimed of an offer that was ended before all was, and offers nothing anew', async () => {
  const btcpay = client(PULL, [claim('10.00', 'Completed')])
  const claimed = { amountMinor: 1000, reference: 'pull-1' }
  expect(await checkRefund(btcpay, ENTRY, 0)).toMatchObject({ kind: 'refused', claimed })
  expect(await refund(btcpay, ENTRY, CHARGE, 0)).toMatchObject({ kind: 'refused', claimed })
  const entries = await listEntries(btcpay, 0, 2e12)
  expect(entries).toMatchObject([{ reference: 'pull-1', amountMinor: 1000 }])
})

it('waits for a claim that is under way, and lists an offer with the refund it is for', async () => {
  const btcpay = client(PULL, [claim('29.90', 'InProgress')])
  expect((await checkRefund(btcpay, ENTRY, 0)).kind).toBe('offered')
  const [offer] = await listEntries(client({ ...PULL, archived: false }, []), 0, 2e12)
  expect(offer).toMatchObject({ amountMinor: 2990, at: 2e12, offerOf: 7 })
})

it('offers money that came by LNURL over Lightning, as BTCPay Server pays nothing out by LNURL', async () => {
  const sent: unknown[] = []
  const paid = { rate: '1', payments: [{ id: 'x', receivedDate: 1, value: '29.90', status: 'Settled' }] }
  const btcpay: BtcpayClient = {
    storeId: 'store',
    get: async (path, shape) =>
      shape.parse(path.includes('/invoices') ? [{ paymentMethodId: 'BTC-LNURL', ...paid }] : []),
    async post(_path, body, shape) {
      sent.push(body)
      return shape.parse({ ...PULL, archived: false })
    },
  }
  expect((await refund(btcpay, ENTRY, CHARGE, 0)).kind).toBe('offered')
  expect(sent).toMatchObject([{ payoutMethodId: 'BTC-LN', customAmount: '29.90' }])
})
