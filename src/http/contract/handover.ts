import { z } from '@hono/zod-openapi'

/** How an order gets to its customer. */
export const handover = z.enum(['delivery', 'pickup', 'digital'])
export type Handover = z.infer<typeof handover>
