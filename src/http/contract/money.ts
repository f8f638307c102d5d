import { z } from '@hono/zod-openapi'

const provider = z.enum(['cash', 'transfer', 'telegram', 'stars', 'btcpay'])
const amountMinor = z.int().min(1, 'Enter an amount above zero.').max(1_000_000_000_000)
/** Until the year 9999: what is no date would break every page that shows it. */
const time = z.int().min(0).max(253_402_300_799_999, 'That is too far away.')
const words = z.string().trim().max(300, 'Please use at most 300 characters.')

/** A row of the ledger. `amountMinor` is in minor units of `currency`, `orderMinor` of the order's. */
export const ledgerEntry = z
  .object({
    id: z.int(),
    kind: z.enum(['charge', 'refund']),
    provider,
    reference: z.string(),
    chargeId: z.int().nullable(),
    orderNumber: z.int().nullable(),
    customerName: z.string().nullable(),
    amountMinor: z.int(),
    currency: z.string(),
    orderMinor: z.int(),
    state: z.enum([
      'received',
      'applied',
      'open',
      'kept',
      'returned',
      'void',
      'wanted',
      'by_hand',
      'offered',
      'done',
      'failed',
    ]),
    /** Why a person must decide: a Trouble, or a sentence of the provider's for a refund that failed. */
    trouble: z.string().nullable(),
    reason: z.string().nullable(),
    /** Where whoever has the link claims a refund; for the desk only. */
    link: z.string().nullable(),
    /** What of it waits for a decision, and goes back with `refund`: the surplus, or all that is left of it. */
    undecided: z.object({ amountMinor: z.int(), currency: z.string() }).nullable(),
    at: z.int(),
    /** What the signed-in person may do about it now. */
    actions: z.array(
      z.enum([
        'apply',
        'reopen',
        'refund',
        'keep',
        'void',
        'confirm_refund',
        'retry_refund',
        'refund_by_hand',
        'call_off',
      ]),
    ),
  })
  .openapi('LedgerEntry')
export type LedgerEntry = z.infer<typeof ledgerEntry>

export const paymentRequest = z
  .object({
    id: z.int(),
    provider: z.enum(['telegram', 'stars', 'btcpay']),
    amountMinor: z.int(),
    currency: z.string(),
    state: z.enum(['wanted', 'open', 'seen', 'paid', 'over', 'failed']),
    link: z.string().nullable(),
    expiresAt: z.int(),
    lastError: z.string().nullable(),
    createdAt: z.int(),
  })
  .openapi('PaymentRequest')
export type PaymentRequest = z.infer<typeof paymentRequest>

export const paymentProof = z
  .object({
    id: z.int(),
    kind: z.enum(['photo', 'pdf']),
    words: z.string().nullable(),
    state: z.enum(['waiting', 'approved', 'rejected']),
    reason: z.string().nullable(),
    decidedBy: z.string().nullable(),
    /** The approved amount, in minor units of the order's currency. */
    amountMinor: z.int().nullable(),
    /** The same receipt was sent before, for this order or another one: its number. */
    sentBeforeFor: z.int().nullable(),
    sentAt: z.int(),
    decidedAt: z.int().nullable(),
  })
  .openapi('PaymentProof')
export type PaymentProof = z.infer<typeof paymentProof>

/** How the money of an order stands; amounts in minor units of its currency. */
export const orderMoney = z
  .object({
    chargedMinor: z.int(),
    refundedMinor: z.int(),
    waivedMinor: z.int(),
    dueMinor: z.int(),
    /** What can still be given back: without refunds under way. Above 0, cancelling the order asks what becomes of it. */
    refundableMinor: z.int(),
    /** Money of a cancelled order about which nobody has decided yet; POST /orders/{n}/settle-money decides. */
    undecidedMinor: z.int(),
    entries: z.array(ledgerEntry),
    requests: z.array(paymentRequest),
    proofs: z.array(paymentProof),
    /** The receipt the customer can open; null where the shop has no public address. */
    receiptUrl: z.string().nullable(),
    mayRecord: z.boolean(),
    mayWaive: z.boolean(),
    mayRefund: z.boolean(),
  })
  .openapi('OrderMoney')
export type OrderMoney = z.infer<typeof orderMoney>

export const taxLine = z
  .object({
    name: z.string(),
    basisPoints: z.int(),
    included: z.boolean(),
    netMinor: z.int(),
    taxMinor: z.int(),
  })
  .openapi('TaxLine')

export const recordPaymentBody = z
  .object({ amountMinor, version: z.int().min(1), note: words.optional() })
  .strict()
  .openapi('RecordPayment')

export const approveProofBody = z.object({ amountMinor }).strict().openapi('ApproveProof')
export const rejectProofBody = z
  .object({ reason: words.min(1, 'Say why, so that the customer can put it right.') })
  .strict()
  .openapi('RejectProof')

export const voidPaymentBody = z
  .object({ reason: words.min(1, 'Say what went wrong.') })
  .strict()
  .openapi('VoidPayment')

export const refundBody = z
  .object({
    amountMinor,
    version: z.int().min(1),
    reason: words.optional(),
    /** Pieces that go back on the shelf. */
    restock: z
      .array(z.object({ lineItemId: z.int(), quantity: z.int().min(1) }).strict())
      .max(100)
      .default([]),
  })
  .strict()
  .openapi('RefundOrder')
export type RefundBody = z.input<typeof refundBody>

export const waiveBody = z
  .object({ version: z.int().min(1), reason: words.optional() })
  .strict()
  .openapi('WaiveRest')

export const entryParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .openapi({ param: { name: 'id', in: 'path' } }),
})
/** POST /money/entries/{id}/settle. The action "reopen" of an entry is the decision "apply" for a cancelled order. */
export const settleMatterBody = z
  .object({
    decision: z.enum(['apply', 'refund', 'keep']),
    /** Applies money that names no order to this one. */
    orderNumber: z.int().min(1).optional(),
    words: words.optional(),
  })
  .strict()
  .openapi('SettleMatter')

/** POST /orders/{number}/settle-money: what becomes of the money of an order that was cancelled with the question left open. */
export const settleOrderMoneyBody = z
  .object({ decision: z.enum(['refund', 'keep']), words: words.optional() })
  .strict()
  .openapi('SettleOrderMoney')

/** POST /money/entries/{id}/confirm-refund: it was given back by hand. */
export const confirmRefundBody = z
  .object({
    /** What the bank or the terminal calls it. */
    reference: z.string().trim().max(100, 'Please use at most 100 characters.').optional(),
    note: words.optional(),
  })
  .strict()
  .openapi('ConfirmRefund')

/** Everything about money that waits for a person, oldest first. */
export const moneyMatters = z
  .object({
    entries: z.array(ledgerEntry),
    /** Orders that were cancelled with money on them, about which nobody has decided yet. */
    orders: z.array(
      z.object({
        orderNumber: z.int(),
        customerName: z.string(),
        currency: z.string(),
        amountMinor: z.int(),
        /** What the signed-in person may decide now. */
        actions: z.array(z.enum(['refund', 'keep'])),
      }),
    ),
    proofs: z.array(paymentProof.extend({ orderNumber: z.int(), customerName: z.string() })),
    /** Refunds that nobody has to do anything about: their provider sends them, or the customer must claim them. */
    underWay: z.array(ledgerEntry),
    /** Differences of the last check of the books that nobody has settled. */
    differences: z.int(),
  })
  .openapi('MoneyMatters')
export type MoneyMatters = z.infer<typeof moneyMatters>

export const bookDifference = z
  .object({
    id: z.int(),
    kind: z.string(),
    words: z.string(),
    provider: provider.nullable(),
    orderNumber: z.int().nullable(),
    entryId: z.int().nullable(),
    foundAt: z.int(),
    seenAt: z.int(),
  })
  .openapi('BookDifference')

export const bookDay = z
  .object({
    /** "2026-11-22", in the shop's time zone. */
    day: z.string(),
    provider,
    currency: z.string(),
    chargedMinor: z.int(),
    refundedMinor: z.int(),
    charges: z.int(),
    refunds: z.int(),
  })
  .openapi('BookDay')

export const books = z
  .object({
    /** The last check that ended; null before the first. */
    checkedAt: z.int().nullable(),
    checking: z.boolean(),
    /** What was compared: how many rows of each source; sources that could not be asked, and why. */
    compared: z.array(
      z.object({ source: z.string(), rows: z.int().nullable(), trouble: z.string().nullable() }),
    ),
    differences: z.array(bookDifference),
    days: z.array(bookDay),
    currency: z.string(),
  })
  .openapi('Books')
export type Books = z.infer<typeof books>

export const discountCode = z
  .object({
    id: z.int().nullable(),
    code: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9-]{3,24}$/, 'Use 3 to 24 letters, digits or dashes.'),
    kind: z.enum(['percent', 'amount', 'free_delivery']),
    /** Hundredths of a percent, or minor units of the shop's currency; 0 for free delivery. */
    value: z.int().min(0).max(1_000_000_000),
    startsAt: time.nullable(),
    endsAt: time.nullable(),
    minimumMinor: z.int().min(0).max(1_000_000_000),
    perCustomer: z.int().min(1).max(1_000_000).nullable(),
    totalUses: z.int().min(1).max(1_000_000).nullable(),
    active: z.boolean(),
  })
  .strict()
  .openapi('DiscountCode')
export type DiscountCodeBody = z.infer<typeof discountCode>

export const discountCodes = z
  .object({ codes: z.array(discountCode.extend({ id: z.int(), used: z.int() })), currency: z.string() })
  .openapi('DiscountCodes')
export type DiscountCodes = z.infer<typeof discountCodes>

export const taxRate = z
  .object({
    id: z.int().nullable(),
    name: z.string().trim().min(1, 'Give it a name.').max(40, 'Please use at most 40 characters.'),
    basisPoints: z.int().min(0).max(10_000, 'At most 100 %.'),
    included: z.boolean(),
    usual: z.boolean(),
    active: z.boolean(),
  })
  .strict()
  .openapi('TaxRate')
export type TaxRateBody = z.infer<typeof taxRate>

export const taxRatesBody = z
  .object({ rates: z.array(taxRate).max(20, 'At most 20 rates.') })
  .strict()
  .openapi('SaveTaxRates')
export const taxRates = z.object({ rates: z.array(taxRate.extend({ id: z.int() })) }).openapi('TaxRates')
export type TaxRates = z.infer<typeof taxRates>
