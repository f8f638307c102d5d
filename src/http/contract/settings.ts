import { z } from '@hono/zod-openapi'
import { paymentMethod } from './order.ts'

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
    kind: paymentMethod,
    active: z.boolean(),
    instructions: z.string().trim().max(500, 'Please use at most 500 characters.'),
  })
  .openapi('PaymentSetting')

/** What the owner sets in the panel; the rest is set by the environment. */
export const shopSettings = z
  .object({
    name: z.string().trim().min(1, 'Give the shop a name.').max(60, 'Please use at most 60 characters.'),
    deliveryMethods: z.array(deliveryMethod).min(1, 'Keep at least one way of delivery.').max(20),
    payments: z
      .array(paymentSetting)
      .max(10)
      .refine((all) => new Set(all.map(({ kind }) => kind)).size === all.length, 'Each way to pay once.'),
    /** What 100 Stars count for, in minor units of the shop's currency; without it Stars cannot be switched on. */
    hundredStarsMinor: z
      .int('Enter an amount.')
      .min(1, 'Enter an amount above zero.')
      .max(100_000_000)
      .nullable()
      .optional()
      .openapi({ description: 'left out: stays as it is' }),
  })
  .strict()
  .openapi('ShopSettings')
export type ShopSettingsBody = z.infer<typeof shopSettings>

/** The settings as they are, with what cannot be switched on yet. What only is shown may be sent back; it is not read. */
export const shownSettings = shopSettings
  .extend({
    payments: z.array(
      paymentSetting
        .extend({
          /** Whether it can be switched on. */
          available: z.boolean(),
          /** What is missing, as a sentence for the owner. */
          why: z.string().nullable(),
        })
        .openapi('ShownPaymentSetting'),
    ),
    hundredStarsMinor: z.int().nullable(),
  })
  .openapi('ShownSettings')
export type ShownSettings = z.infer<typeof shownSettings>

const minutes = z.int().min(1, 'Choose between one minute and a day.').max(1440)

/** When staff are reminded of orders nobody accepts, and told that stock runs low. */
export const reminderSettings = z
  .object({
    escalation: z.object({
      /** Minutes since the order came in, rising, and how far each reminder reaches. */
      steps: z
        .array(z.object({ minutes, reach: z.enum(['told', 'role', 'owner']) }).strict())
        .min(1)
        .max(10),
      /** After the last step, every so many minutes. */
      everyMinutes: minutes,
    }),
    /** Told when so many pieces are left; 0 tells only when none are. */
    lowStock: z.int().min(0).max(1000),
  })
  .strict()
  .openapi('ReminderSettings')
export type ReminderSettingsBody = z.infer<typeof reminderSettings>
