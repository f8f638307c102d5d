import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** How much of a maskable icon every phone leaves to be seen, and then a little air. */
const SAFE = 0.72

/** Draws the icons of an installed app from the one picture into `folder`. */
export async function drawIcons(picture: string, folder: string): Promise<void> {
  const icon = readFileSync(picture, 'utf8')
  const [, ground = '#fff'] = /<rect[^>]*fill="([^"]+)"/.exec(icon) ?? []
  const motif = icon.replace(/<rect[^>]*>/, '')
  await draw(icon, 192).toFile(join(folder, 'icon-192.png'))
  await draw(icon, 512).toFile(join(folder, 'icon-512.png'))
  // Phones cut these to their own shape, so the colour goes to the edge.
  await onGround(motif, ground, 512, SAFE).toFile(join(folder, 'icon-maskable-512.png'))
  await onGround(motif, ground, 180, 1).toFile(join(folder, 'apple-touch-icon.png'))
  // Android takes only the shape of this one, for its status bar.
  await draw(motif, 96).toFile(join(folder, 'badge-96.png'))
}

function draw(svg: string, size: number) {
  return sharp(Buffer.from(svg), { density: (72 * size) / 64 })
    .resize(size, size)
    .png()
}

function onGround(svg: string, ground: string, size: number, scale: number) {
  const inner = Math.round(size * scale)
  const before = Math.floor((size - inner) / 2)
  const after = size - inner - before
  return draw(svg, inner)
    .flatten({ background: ground })
    .extend({ top: before, left: before, bottom: after, right: after, background: ground })
}
