import { z } from 'zod'

// What the shop reads of the Greenfield API's answers; all else in them is kept as it is said. Amounts are decimal strings.
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const seconds = z.number()

export const problem = z.union([
  z.array(z.object({ path: z.string(), message: z.string() })),
  z.object({ path: z.undefined().optional(), message: z.string() }),
])

export const invoice = z.looseObject({
  id: z.string().min(1),
  storeId: z.string(),
  amount: decimal,
  currency: z.string(),
  checkoutLink: z.url({ protocol: /^https?$/ }),
  createdTime: seconds,
  expirationTime: seconds,
  monitoringExpiration: seconds,
  status: z.enum(['New', 'Processing', 'Expired', 'Invalid', 'Settled']),
  additionalStatus: z.enum(['None', 'PaidLate', 'PaidPartial', 'Marked', 'Invalid', 'PaidOver']),
  // Others write into it what they like.
  metadata: z.looseObject({ orderId: z.unknown(), littleShop: z.string().nullish() }),
})
export type Invoice = z.infer<typeof invoice>

export const invoices = z.array(invoice)

const payment = z.looseObject({
  id: z.string(),
  receivedDate: seconds,
  value: decimal,
  // Put on top for the network, not for the goods.
  fee: decimal.default('0'),
  status: z.enum(['Invalid', 'Processing', 'Settled']),
})
export type Payment = z.infer<typeof payment>

export const paymentMethods = z.array(
  z.looseObject({ paymentMethodId: z.string(), rate: decimal, payments: z.array(payment) }),
)
export type PaymentMethods = z.infer<typeof paymentMethods>

export const pullPayment = z.looseObject({
  id: z.string().min(1),
  description: z.string().nullish(),
  currency: z.string(),
  amount: decimal,
  archived: z.boolean(),
  viewLink: z.url({ protocol: /^https?$/ }),
})
export type PullPayment = z.infer<typeof pullPayment>

export const pullPayments = z.array(pullPayment)

const payout = z.looseObject({
  pullPaymentId: z.string().nullish(),
  // Seconds; the swagger calls it a string.
  date: z.coerce.number(),
  originalAmount: decimal,
  state: z.enum(['AwaitingApproval', 'AwaitingPayment', 'InProgress', 'Completed', 'Cancelled']),
})

export const payouts = z.array(payout)
