import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { givenFolder } from '../../tests/given.ts'
import { runApart } from './run-apart.ts'

it('fails, and ends nothing else, when the system starts no process', async () => {
  const { execPath } = process
  onTestFinished(() => {
    process.execPath = execPath
  })
  const dataDir = givenFolder()
  process.execPath = join(dataDir, 'nothing')
  const run = { dataDir, folder: join(dataDir, 'backups'), key: undefined, keepDays: 30, bucket: undefined }
  await expect(runApart({ ...run, reason: 'asked', now: 1 })).rejects.toThrow('ENOENT')
})
