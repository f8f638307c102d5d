import { z } from '@hono/zod-openapi'

const moment = z.int().openapi({ description: 'Milliseconds since 1970, UTC' })

/** How backups fail: since when, when the last one did, and why. */
export const backupFailure = z.object({ since: moment, at: moment, words: z.string() })

export const shownBackups = z
  .object({
    backups: z
      .array(
        z.object({
          name: z.string(),
          at: moment,
          reason: z.string().openapi({ description: 'scheduled, asked, or before-schema-N' }),
          sealed: z.boolean().openapi({ description: 'Whether it is encrypted' }),
          size: z.int().openapi({ description: 'Bytes, without pictures and receipts' }),
          places: z.array(z.enum(['folder', 'bucket'])),
        }),
      )
      .openapi({ description: 'Newest first. Each was read back and found whole before it got its name' }),
    since: moment.nullable().openapi({ description: 'Since when one is being made' }),
    failure: backupFailure.nullable(),
    bucket: z.object({ name: z.string(), trouble: z.string().nullable() }).nullable(),
    everyHours: z.int().openapi({ description: '0: none by itself' }),
    keepDays: z.int(),
    sealed: z.boolean().openapi({ description: 'Whether new ones are encrypted' }),
  })
  .openapi('Backups')

export type BackupFailure = z.infer<typeof backupFailure>
export type ShownBackups = z.infer<typeof shownBackups>
