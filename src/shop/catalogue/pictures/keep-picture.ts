import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { openPicture } from '../../../lib/open-picture.ts'
import { ShopError } from '../../../lib/shop-error.ts'
import { writeSafely } from '../../../lib/write-safely.ts'

/** As large as Telegram shows a photo. */
const LONGEST_SIDE = 1_280
/** Lists show pictures at 56 points, on screens with up to three pixels for each, and cards somewhat larger. */
const SMALL_SIDE = 320
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']

/** Names of the files below DATA_DIR/media. */
export interface KeptPicture {
  file: string
  small: string
}

/**
 * Makes a picture anew in two sizes, upright and without what cameras write into it, and keeps both under a name made of
 * their content. The work is done on threads of libvips. Throws a ShopError invalid for what is no picture.
 */
export async function keepPicture(folder: string, bytes: Buffer): Promise<KeptPicture> {
  const { large, small } = await inBothSizes(bytes)
  const name = createHash('sha256').update(large).digest('hex').slice(0, 32)
  const kept = { file: `${name}.jpg`, small: `${name}.webp` }
  await writeSafely(join(folder, kept.file), large)
  await writeSafely(join(folder, kept.small), small)
  return kept
}

async function inBothSizes(bytes: Buffer): Promise<{ large: Buffer; small: Buffer }> {
  try {
    return await openPicture(bytes, async (picture, format) => {
      if (!FORMATS.includes(format)) throw new Error(`a picture cannot be ${format}`)
      const large = await within(picture, LONGEST_SIDE).jpeg({ quality: 82 }).toBuffer()
      return { large, small: await within(sharp(large), SMALL_SIDE).webp({ quality: 75 }).toBuffer() }
    })
  } catch (error) {
    if (error instanceof ShopError) throw error
    throw new ShopError('invalid', 'What is there is not a picture, or not one that can be read.')
  }
}

function within(picture: Sharp, side: number): Sharp {
  return picture
    .rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
}
