import { readdirSync } from 'node:fs'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { givenFolder } from '../../../tests/given.ts'
import { dropProofFile, keepProofFile, readProofFile } from './proof-files.ts'

function picture(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: 'teal' } })
}

it('makes photos anew: bounded, turned the right way up, without what cameras write into them', async () => {
  const folder = givenFolder()
  const photo = await picture(3000, 1500)
    .withExif({ IFD0: { Make: 'SecretCam' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  expect(await keepProofFile(folder, 'a', photo)).toEqual({ file: 'a.jpg', kind: 'photo' })
  const { width, height, orientation, exif } = await sharp(await readProofFile(folder, 'a.jpg')).metadata()
  expect({ width, height, orientation, exif }).toEqual({ width: 1000, height: 2000 })
})

it('takes PNG and WebP too, and PDFs as they are', async () => {
  const folder = givenFolder()
  for (const bytes of [await picture(9, 9).png().toBuffer(), await picture(9, 9).webp().toBuffer()]) {
    const { file } = await keepProofFile(folder, 'b', bytes)
    expect((await sharp(await readProofFile(folder, file)).metadata()).format).toBe('jpeg')
  }
  const pdf = Buffer.from('%PDF-1.4 \x00\xff')
  expect(await keepProofFile(folder, 'c', pdf)).toEqual({ file: 'c.pdf', kind: 'pdf' })
  expect(await readProofFile(folder, 'c.pdf')).toEqual(pdf)
})

it('refuses what is neither, and leaves nothing of it behind', async () => {
  const folder = givenFolder()
  const gif = await picture(9, 9).gif().toBuffer()
  const torn = (await picture(900, 900).jpeg().toBuffer()).subarray(0, 300)
  const bomb = await picture(9000, 9000).png().toBuffer()
  for (const bytes of [Buffer.alloc(0), Buffer.from('<svg/>'), Buffer.from(' %PDF-'), gif, torn]) {
    await expect(keepProofFile(folder, 'd', bytes)).rejects.toThrow('I cannot open this file.')
  }
  await expect(keepProofFile(folder, 'd', bomb)).rejects.toThrow('too many pixels')
  expect(readdirSync(folder)).toEqual([])
  await dropProofFile(folder, 'gone.jpg')
  await expect(readProofFile(folder, 'gone.jpg')).rejects.toThrow('not in the folder')
})
