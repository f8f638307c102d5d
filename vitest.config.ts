import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { defineConfig } from 'vitest/config'

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 4 * 1024 ** 3

/** Most of a test's time is waiting for the disk at each commit; files in memory are as real and wait for nothing. */
function folderForTests(): string {
  if (!existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize >= ENOUGH_BYTES ? MEMORY : tmpdir()
}

const shared = {
  setupFiles: ['tests/setup.ts'],
  environment: 'node' as const,
  env: { TMPDIR: folderForTests() },
  // A busy machine needs more than the usual second.
  expect: { poll: { timeout: 15_000 } },
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
          testTimeout: 60_000,
        },
      },
      { test: { ...shared, name: 'flows', include: ['tests/flows/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...shared, name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 300_000 } },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
