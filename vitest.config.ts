import { defineConfig } from 'vitest/config'

const shared = {
  setupFiles: ['tests/setup.ts'],
  environment: 'node' as const,
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
          expect: { poll: { timeout: 60_000 } },
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
