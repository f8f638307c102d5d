import { z } from '@hono/zod-openapi'

export const signInBody = z
  .object({
    initData: z.string().min(1).max(4096).openapi({ description: 'As Telegram gave it to the Mini App.' }),
  })
  .strict()
  .openapi('SignIn')

export const me = z
  .object({
    name: z.string(),
    role: z.enum(['owner', 'manager', 'packer']),
    shop: z.object({ name: z.string(), currency: z.string(), timezone: z.string() }),
  })
  .openapi('Me')
export type Me = z.infer<typeof me>

export const signedIn = z.object({ token: z.string(), expiresAt: z.int(), me }).openapi('SignedIn')
export type SignedIn = z.infer<typeof signedIn>
