import sharp, { type Metadata, type Sharp } from 'sharp'
import { ShopError } from './shop-error.ts'

// How much memory a picture takes, measured as VmHWM of a process that keeps one with keepPicture, beyond what it had before:
// 60 megapixels of plain JPEG or PNG, which are read row by row, 60 MB at most; of progressive JPEG 200 MB, interlaced PNG 280 MB,
// GIF 290 MB, interlaced PNG with 16 bits and alpha 540 MB: 1.2 times what it is unfolded. 24 megapixels of AVIF: 450 MB. A shop
// takes up to 242 MB (docs/performance.md) and has 512: one picture at a time fits in if it takes no more than 120.
const MOST_PIXELS = 60_000_000
const MOST_UNFOLDED_BYTES = 100_000_000
const AVIF_TAKES = 4

let last: Promise<unknown> = Promise.resolve()

/**
 * Has `make` work on a picture when its turn comes: one at a time, since two large ones would not fit into the memory. A small
 * file can unfold into one that alone fills it: throws a ShopError invalid for that, and as sharp does for what is no picture.
 */
export function openPicture<T>(
  bytes: Buffer,
  make: (picture: Sharp, format: string) => Promise<T>,
): Promise<T> {
  const turn = last.then(async () => {
    const picture = sharp(bytes, { limitInputPixels: false })
    const about = await picture.metadata()
    if (!fits(about))
      throw new ShopError('invalid', 'This picture has too many pixels. A smaller one will do.')
    return make(picture, about.format)
  })
  last = Promise.allSettled([turn])
  return turn
}

function fits(about: Metadata): boolean {
  const { format, width, height, channels, depth } = about
  const pixels = width * height
  if (pixels > MOST_PIXELS) return false
  if ((format === 'jpeg' || format === 'png') && !about.isProgressive) return true
  const unfolded = pixels * channels * (depth === 'uchar' ? 1 : 2)
  return unfolded * (format === 'heif' ? AVIF_TAKES : 1) <= MOST_UNFOLDED_BYTES
}
