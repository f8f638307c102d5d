import { z } from '@hono/zod-openapi'

/** Every refusal has this form: a machine code, and a sentence for the person. */
export const problem = z
  .object({
    code: z.enum(['invalid', 'not_found', 'conflict', 'forbidden', 'unauthorized', 'busy', 'internal']),
    message: z.string(),
    /** The field the message belongs to, where there is one. */
    field: z.string().optional(),
    /** With an internal error: what to tell the operator. */
    id: z.string().optional(),
  })
  .openapi('Problem')
export type Problem = z.infer<typeof problem>
