import { expect, it } from 'vitest'
import { givenFolder } from '../../tests/given.ts'
import { requireRoom } from './require-room.ts'

it('says how much room there is and how much is needed', async () => {
  const folder = givenFolder()
  await requireRoom(folder, 1)
  await expect(requireRoom(folder, 1e15)).rejects.toThrow(
    /^there is not enough room in .*: [\d.]+ [kMGT]B free, 1000 TB needed$/,
  )
})
