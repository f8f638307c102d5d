import { z } from '@hono/zod-openapi'
import { channel, noticeProof } from './notice.ts'

const minutes = z.int('Choose a time of day.').min(0).max(1439)
const quietHours = z.object({ from: minutes, to: minutes }).strict()
const chosenChannel = z.enum(['telegram', 'push'])

const topicChannel = z.object({
  /** What the person chose; null leaves it to the default. */
  wanted: z.boolean().nullable(),
  /** What their role gets. */
  byDefault: z.boolean(),
  /** Whether they get it by default for the orders assigned to them, whatever their role gets. */
  whenAssigned: z.boolean(),
})

export const alertTopic = z
  .object({
    topic: z.string(),
    label: z.string(),
    about: z.string(),
    /** Whether it may be let through quiet hours. */
    critical: z.boolean(),
    telegram: topicChannel,
    push: topicChannel,
  })
  .openapi('AlertTopic')
export type AlertTopic = z.infer<typeof alertTopic>

/** A browser that gets web push. Times are ms since 1970 UTC. */
export const device = z
  .object({
    id: z.int(),
    name: z.string(),
    createdAt: z.int(),
    seenAt: z.int(),
    deliveredAt: z.int().nullable(),
    /** Whether it is the one that asks. */
    current: z.boolean(),
  })
  .openapi('Device')
export type Device = z.infer<typeof device>

export const alerts = z
  .object({
    /** Null while web push is switched off on the server. */
    push: z.object({ publicKey: z.string() }).nullable(),
    /** Whether the shop can send mails. */
    mail: z.boolean(),
    /** Where the panel is reached in a browser, null where nobody has set it. */
    panelUrl: z.string().nullable(),
    topics: z.array(alertTopic),
    /** Minutes since midnight in the person's time zone; `from` after `to` spans midnight. */
    quiet: z.object({ from: z.int(), to: z.int() }).nullable(),
    /** Null is the shop's. */
    timezone: z.string().nullable(),
    /** Whether critical news breaks the quiet hours. */
    urgentAnyway: z.boolean(),
    /** A mail every morning; for owners. */
    dailySummary: z.boolean(),
    email: z.string().nullable(),
    devices: z.array(device),
  })
  .openapi('Alerts')
export type Alerts = z.infer<typeof alerts>

/** What is left out stays as it is. */
export const alertsBody = z
  .object({
    choices: z
      .array(
        z
          .object({
            topic: z.string().max(40),
            channel: chosenChannel,
            wanted: z.boolean().nullable().openapi({ description: 'null goes back to the default' }),
          })
          .strict(),
      )
      .max(100)
      .optional(),
    quiet: quietHours.nullable().optional(),
    timezone: z.string().max(64).nullable().optional(),
    urgentAnyway: z.boolean().optional(),
    dailySummary: z.boolean().optional(),
    email: z.string().max(300, 'Please use at most 254 characters.').nullable().optional(),
  })
  .strict()
  .openapi('ChangeAlerts')
export type AlertsBody = z.infer<typeof alertsBody>

/** What `PushSubscription.toJSON()` gives, with the key it was made for (base64url). */
export const deviceBody = z
  .object({
    endpoint: z.string().min(1).max(2000),
    keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }).strict(),
    /** Some browsers do not tell it: it is then taken to be the shop's. */
    applicationServerKey: z.string().max(200).nullish(),
    name: z.string().trim().min(1).max(60, 'Please use at most 60 characters.').optional(),
    isOld: z
      .boolean()
      .optional()
      .openapi({ description: 'The browser had this subscription before: 409 when the shop has ended it' }),
  })
  .strict()
  .openapi('NewDevice')
export type DeviceBody = z.infer<typeof deviceBody>

export const deviceParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .openapi({ param: { name: 'id', in: 'path' } }),
})

export const receiptBody = z
  .object({
    notice: z.int().min(1),
    receipt: z.string().max(100),
    what: z.enum(['shown', 'opened']),
  })
  .strict()
  .openapi('Receipt')

export const testBody = z
  .object({
    channel,
    deviceId: z.int().min(1).optional().openapi({ description: 'Only this device; all of them without it.' }),
  })
  .strict()
  .openapi('AskForTest')
export type TestBody = z.infer<typeof testBody>

export const testResult = z.object({ notices: z.array(noticeProof) }).openapi('TestResult')
export type TestResult = z.infer<typeof testResult>
