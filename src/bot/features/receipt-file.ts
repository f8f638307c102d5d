import type { Message } from 'grammy/types'
import { attemptsOf } from '../../db/inbox.ts'
import { deriveKey } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { keepProofFile, MAX_PROOF_BYTES, type ProofFile } from '../../shop/payments/proof-files.ts'
import type { ShopContext } from '../context.ts'
import { downloadFile, tooBig } from '../download-file.ts'
import { show } from '../screen.ts'
import { isWorthRetrying } from '../telegram-errors.ts'
import { say } from '../words.ts'

/** Half a minute of trying: then a person had better send it again than wait. */
const MOST_ATTEMPTS = 6

/** A file somebody sent, by what Telegram calls it. */
export interface SentFile {
  fileId: string
  uniqueId: string
  bytes: number
  words: string | undefined
}

/** The photo in its largest size, or the document of a message. */
export function fileIn(message: Message | undefined): SentFile | undefined {
  const file = message?.photo?.at(-1) ?? message?.document
  return (
    file && {
      fileId: file.file_id,
      uniqueId: file.file_unique_id,
      bytes: file.file_size ?? 0,
      words: message?.caption,
    }
  )
}

/**
 * Fetches what was sent and keeps it. Throws a ShopError for what is no receipt; while Telegram does not hand it over, the
 * customer is told and the update comes again.
 */
export async function keepSentFile(
  ctx: ShopContext,
  { fileId, uniqueId, bytes }: SentFile,
): Promise<ProofFile> {
  if (bytes > MAX_PROOF_BYTES) throw tooBig()
  // Nobody can guess it, and an update that comes again writes over what it wrote.
  const name = deriveKey(ctx.deps.token, `receipt:${ctx.update.update_id}:${uniqueId}`)
  const content = await fetchPatiently(ctx, fileId)
  return keepProofFile(ctx.deps.proofsFolder, name, content)
}

async function fetchPatiently(ctx: ShopContext, fileId: string): Promise<Buffer> {
  try {
    return await downloadFile(ctx, fileId, MAX_PROOF_BYTES)
  } catch (error) {
    if (!isWorthRetrying(error)) throw error
    const attempts = attemptsOf(ctx.shop.db, ctx.update.update_id)
    if (attempts >= MOST_ATTEMPTS)
      throw new ShopError('busy', 'I could not fetch your file. Please send it once more.')
    if (attempts === 0) await show(ctx, { html: say(ctx, 'receipt-trying'), keyboard: [] }, 'below')
    throw error
  }
}
