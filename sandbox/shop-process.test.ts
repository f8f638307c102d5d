import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { givenFolder } from '../tests/given.ts'
import { startShopProcess } from './shop-process.ts'

/** A program whose last words come when it has ended already, as they may on a busy machine. */
const LATE = `import { spawn } from 'node:child_process'
const words = \`process.stderr.write('last words')\`
spawn(process.execPath, ['--eval', words], { stdio: ['ignore', 'ignore', 'inherit'], detached: true }).unref()
process.exit(3)`

it('a process that ends instead of opening is heard out', async () => {
  const entry = join(givenFolder(), 'entry.mjs')
  writeFileSync(entry, LATE)
  await expect(startShopProcess(entry, {})).rejects.toMatchObject({ code: 3, message: 'last words' })
})
