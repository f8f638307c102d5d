import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { openPicture } from './open-picture.ts'

/** The beginning of a PNG, which says what unfolds from it. */
function png(megapixels: number, { bits = 8, interlaced = false } = {}): Buffer {
  const side = Math.round(Math.sqrt(megapixels * 1_000_000))
  const header = Buffer.alloc(17)
  header.write('IHDR')
  header.writeUInt32BE(side, 4)
  header.writeUInt32BE(side, 8)
  // Red, green, blue.
  header.set([bits, 2, 0, 0, Number(interlaced)], 12)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk(header),
    chunk(Buffer.from('IDAT')),
  ])
}

function chunk(body: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length - 4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function avif(megapixels: number): Promise<Buffer> {
  const side = Math.round(Math.sqrt(megapixels * 1_000_000))
  const create = { width: side, height: side, channels: 3, background: 'teal' } as const
  return sharp({ create }).avif({ effort: 0 }).toBuffer()
}

const formatOf = (bytes: Buffer) => openPicture(bytes, async (_picture, format) => format)

it('takes large pictures that are read row by row, and of others those that fit into the memory', async () => {
  expect(await formatOf(png(59))).toBe('png')
  expect(await formatOf(png(33, { interlaced: true }))).toBe('png')
  expect(await formatOf(png(16, { interlaced: true, bits: 16 }))).toBe('png')
  expect(await formatOf(await avif(5))).toBe('heif')
})

it('refuses those that do not, in words', async () => {
  const large = [
    png(61),
    png(34, { interlaced: true }),
    png(17, { interlaced: true, bits: 16 }),
    await avif(9),
  ]
  for (const bytes of large) await expect(formatOf(bytes)).rejects.toThrow('too many pixels')
})

it('opens one at a time, also after one that failed', async () => {
  const bytes = png(1)
  const seen: string[] = []
  const open = (name: string) =>
    openPicture(bytes, async () => {
      seen.push(`${name} begins`)
      await new Promise(setImmediate)
      seen.push(`${name} ends`)
    })
  const broken = openPicture(Buffer.from('no picture'), async () => undefined)
  await Promise.allSettled([open('a'), broken, open('b')])
  await expect(broken).rejects.toThrow('unsupported image format')
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})
