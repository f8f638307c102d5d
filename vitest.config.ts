import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 4 * 1024 ** 3

// Half of what tests compute is the compiling of processes and threads that they start, of the same code over and over.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'compiled')

/** Most of a test's time is waiting for the disk at each commit; files in memory are as real and wait for nothing. */
function folderForTests(): string {
  if (!existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize >= ENOUGH_BYTES ? MEMORY : tmpdir()
}

// No limit here means speed: each only ends what hangs, and a machine can be starved for many seconds.
const shared = {
  setupFiles: ['tests/setup.ts'],
  environment: 'node' as const,
  env: { TMPDIR: folderForTests() },
  testTimeout: 240_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
}

export default defineConfig({
  test: {
    globalSetup: 'tests/suite-log.ts',
    // Tests often wait, for a browser or for another process: one file at a time leaves half of two cores idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{src,sandbox,scripts,miniapp,bench}/**/*.test.ts', 'tests/*.test.ts'],
        },
      },
      { test: { ...shared, name: 'flows', include: ['tests/flows/**/*.test.ts'] } },
      { test: { ...shared, name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 300_000 } },
      { test: { ...shared, name: 'e2e', include: ['tests/e2e/**/*.test.ts'] } },
    ],
  },
})
