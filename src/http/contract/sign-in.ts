import { z } from '@hono/zod-openapi'
import { me } from './session.ts'

export const waitingSignIn = z
  .object({
    state: z.literal('waiting'),
    link: z.url().openapi({ description: 'Opens the chat with the bot, which asks for the number.' }),
    number: z.int().min(10).max(99),
    expiresAt: z.int(),
    now: z.int(),
  })
  .openapi('WaitingSignIn')
export type WaitingSignIn = z.infer<typeof waitingSignIn>

export const signInState = z
  .discriminatedUnion('state', [
    waitingSignIn,
    z.object({ state: z.literal('approved'), me }).openapi({ description: 'This browser is signed in.' }),
    z.object({ state: z.enum(['refused', 'expired', 'none']) }),
  ])
  .openapi('SignInState')
export type SignInState = z.infer<typeof signInState>
