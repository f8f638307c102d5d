import { z } from '@hono/zod-openapi'

/** Until the year 9999. */
const time = z.coerce.number().int().min(0).max(253_402_300_799_999)

export const exportQuery = z
  .object({
    from: time.openapi({ description: 'Orders placed at this moment or later, ms since 1970.' }),
    to: time.openapi({ description: 'And before this one.' }),
    lines: z.enum(['orders', 'items']).openapi({ description: 'A line for each order, or for each item.' }),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    message: 'The last day must not be before the first.',
  })
export type ExportQuery = z.infer<typeof exportQuery>
