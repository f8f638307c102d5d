import type { PictureRow } from '../db/catalogue.ts'

/** Where the panel finds a picture for its lists: the small size where there is one. */
export function imageAddress({ small, file, url }: PictureRow): string | null {
  const own = small ?? file
  return own ? `/media/${own}` : url
}
