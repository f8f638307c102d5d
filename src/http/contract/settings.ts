import { z } from '@hono/zod-openapi'

export const deliveryMethod = z
  .object({
    id: z.int().nullable().openapi({ description: 'null adds a new one' }),
    name: z.string().trim().min(1, 'Give it a name.').max(60, 'Please use at most 60 characters.'),
    priceMinor: z.int().min(0).max(100_000_000),
    needsAddress: z.boolean(),
    active: z.boolean(),
  })
  .openapi('DeliveryMethod')

export const paymentSetting = z
  .object({
    kind: z.enum(['cash_on_delivery', 'bank_transfer']),
    active: z.boolean(),
    instructions: z.string().trim().max(500, 'Please use at most 500 characters.'),
  })
  .openapi('PaymentSetting')

/** What the owner sets in the panel; the rest is set by the environment. */
export const shopSettings = z
  .object({
    name: z.string().trim().min(1, 'Give the shop a name.').max(60, 'Please use at most 60 characters.'),
    deliveryMethods: z.array(deliveryMethod).min(1, 'Keep at least one way of delivery.').max(20),
    payments: z.array(paymentSetting).max(10),
  })
  .strict()
  .openapi('ShopSettings')
export type ShopSettingsBody = z.infer<typeof shopSettings>
