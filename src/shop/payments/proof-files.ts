import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openPicture } from '../../lib/open-picture.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { writeSafely } from '../../lib/write-safely.ts'

/** As much as Telegram lets a bot fetch. */
export const MAX_PROOF_BYTES = 20 * 1024 * 1024
/** Longest side of a kept photo: a receipt photographed from afar is still readable. */
const LONGEST_SIDE = 2_000

export interface ProofFile {
  /** Its name in the folder. */
  file: string
  kind: 'photo' | 'pdf'
}

/**
 * Keeps a receipt in the folder under this name: a PDF as it is, a photo made anew, without what cameras write into it.
 * On disk when it returns. Throws a ShopError invalid for what is neither.
 */
export async function keepProofFile(folder: string, name: string, bytes: Buffer): Promise<ProofFile> {
  const kind = kindOf(bytes)
  if (!kind || bytes.length > MAX_PROOF_BYTES) throw unreadable()
  const file = `${name}.${kind === 'pdf' ? 'pdf' : 'jpg'}`
  await writeSafely(join(folder, file), kind === 'pdf' ? bytes : await asJpeg(bytes))
  return { file, kind }
}

/** A kept receipt. Throws a ShopError not_found when the folder has lost it. */
export async function readProofFile(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new ShopError('not_found', 'The file of this receipt is not in the folder "proofs" any more.')
  }
}

/** Forgets a file that no receipt came of. */
export function dropProofFile(folder: string, file: string): Promise<void> {
  return rm(join(folder, file), { force: true })
}

/** What a file is, by what it begins with; its name and type are only what the sender says. */
function kindOf(bytes: Buffer): ProofFile['kind'] | undefined {
  const start = bytes.subarray(0, 12).toString('latin1')
  if (start.startsWith('%PDF-')) return 'pdf'
  const photo =
    start.startsWith('\xff\xd8\xff') || start.startsWith('\x89PNG') || /^RIFF.{4}WEBP/s.test(start)
  return photo ? 'photo' : undefined
}

async function asJpeg(bytes: Buffer): Promise<Buffer> {
  const side = { width: LONGEST_SIDE, height: LONGEST_SIDE }
  try {
    return await openPicture(bytes, (picture) =>
      picture
        .rotate()
        .resize({ ...side, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: 'white' })
        .jpeg({ quality: 82 })
        .toBuffer(),
    )
  } catch (error) {
    if (error instanceof ShopError) throw error
    throw unreadable()
  }
}

function unreadable(): ShopError {
  return new ShopError('invalid', 'I cannot open this file. Please send a photo or a PDF.')
}
