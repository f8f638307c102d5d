import { defineConfig } from 'vitest/config'

const shared = { setupFiles: ['tests/setup.ts'], environment: 'node' as const }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{src,sandbox,scripts,miniapp,bench}/**/*.test.ts', 'tests/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      { test: { ...shared, name: 'flows', include: ['tests/flows/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { ...shared, name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 180_000 } },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
