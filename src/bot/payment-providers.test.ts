import { Api, GrammyError } from 'grammy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTelegram, type Telegram } from '../../sandbox/telegram/driver.ts'
import { existing, givenShop } from '../../tests/given.ts'
import { createLog } from '../lib/log.ts'
import { saveStarsRate } from '../shop/payments/stars-rate.ts'
import { telegramProviders } from './payment-providers.ts'
import { addProviderToken } from './provider-token.ts'

const TOKEN = '123456789:TEST:sandbox-provider'
const goods = (digitalOnly: boolean) => ({ digitalOnly, totalMinor: 1500, currency: 'EUR' })

let telegram: Telegram

beforeEach(async () => {
  telegram = await startTelegram()
})
afterEach(() => telegram.stop())

function providersFor(currency: string, paymentProviderToken?: string) {
  const { token: botToken, apiRoot: telegramApiRoot } = telegram
  const all = telegramProviders({
    botToken,
    telegramApiRoot,
    currency,
    onlineWindowMs: 60_000,
    paymentProviderToken,
  })
  return new Map(all.map((provider) => [provider.kind, provider]))
}

it('cards need a token, and are not for digital goods alone', () => {
  const { db } = givenShop()
  expect(providersFor('EUR').has('telegram')).toBe(false)
  const card = existing(providersFor('EUR', TOKEN).get('telegram'))
  expect(card.refuses?.(db, goods(false))).toBeUndefined()
  expect(card.refuses?.(db, goods(true))).toContain('only Stars for digital goods')
  expect(card.online?.refund).toBeUndefined()
  expect(JSON.stringify(card)).not.toContain(TOKEN)
})

it('cards are not offered in a currency that Telegram counts with other decimals', () => {
  const { db } = givenShop()
  const missing = (currency: string) => providersFor(currency, TOKEN).get('telegram')?.missing?.(db)
  for (const currency of ['EUR', 'USD', 'JPY', 'KRW', 'CLP', 'KWD']) expect(missing(currency)).toBeUndefined()
  expect(missing('IQD')).toContain('counts IQD otherwise')
})

it('Stars are for digital goods alone, and only with a rate', () => {
  const { db } = givenShop()
  const stars = existing(providersFor('EUR').get('stars'))
  expect(stars.refuses?.(db, goods(true))).toContain('does not take Stars')
  expect(() => stars.online?.quote(db, 1500, 'EUR')).toThrow('does not take Stars')
  db.write((tx) => saveStarsRate(tx, 130))
  expect(stars.refuses?.(db, goods(true))).toBeUndefined()
  expect(stars.refuses?.(db, goods(false))).toContain('digital goods only')
  expect(stars.online?.quote(db, 1501, 'EUR')).toEqual({ amountMinor: 1155, currency: 'XTR' })
})

it('a refund that Telegram could not be asked for is made again later', async () => {
  const stars = existing(providersFor('EUR').get('stars')?.online?.refund)
  const charge = { reference: 't1', raw: '{"paid_by":501}' } as never
  telegram.faults.answerNext({ method: 'refundStarPayment', with: 500, count: 1 })
  await expect(stars(charge, charge)).rejects.toThrow('Telegram: 500')
  telegram.faults.answerNext({ method: 'refundStarPayment', with: 'cut', count: 1 })
  await expect(stars(charge, charge)).rejects.toThrow('Telegram did not answer')
})

it('the provider token goes out with invoices in money alone, and is in no error and no log line', async () => {
  const ana = telegram.person({ id: 501, firstName: 'Ana' })
  await ana.send('/start')
  const api = new Api(telegram.token, { apiRoot: telegram.apiRoot })
  api.config.use(addProviderToken(TOKEN))
  const send = (currency: string, amount: number) =>
    api.sendInvoice(501, 'Order #1', 'Mug', 'o1-a', currency, [{ label: 'Order #1', amount }], {
      start_parameter: 'pay_1',
    })
  await send('EUR', 1500)
  await send('XTR', 10)
  const refused = await send('EUR', 1).catch((error: unknown) => error)
  const tokens = telegram.calls('sendInvoice').map((call) => call.params.provider_token)
  expect(tokens).toEqual([TOKEN, undefined, TOKEN])
  expect(refused).toBeInstanceOf(GrammyError)
  const lines: string[] = []
  createLog('info', { write: (line: string) => void lines.push(line) } as never).warn(
    { err: refused },
    'refused',
  )
  const { payload, message, stack } = refused as GrammyError
  expect(JSON.stringify([payload, message, stack, refused, lines])).not.toContain(TOKEN)
  expect(lines).toHaveLength(1)
})
