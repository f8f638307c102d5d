import { z } from 'zod'

// A backup may come from anywhere: its paths must not lead out of these folders.
const KEPT_PATH = /^(media|proofs)\/(?!(.*\/)?\.\.(\/|$))[^\\\0]+$/

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What a backup says of itself. It stands at the beginning of the file. */
export const manifest = z.object({
  format: z.literal(1),
  /** The version of the program that made it. */
  program: z.string(),
  schema: z.int(),
  madeAt: z.int(),
  reason: z.string(),
  database: z.object({
    size: z.int(),
    sha256,
    /** Rows of each table. */
    counts: z.record(z.string(), z.int()),
    lastOrderAt: z.int().nullable(),
  }),
  /** Pictures and receipts; they lie beside the backups, each once. */
  files: z.array(z.object({ path: z.string().regex(KEPT_PATH), size: z.int(), sha256 })),
})

export type Manifest = z.infer<typeof manifest>
export type KeptFile = Manifest['files'][number]

/** The folders whose files belong to the shop. */
export const KEPT_FOLDERS = ['media', 'proofs'] as const
