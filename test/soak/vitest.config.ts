import { defineConfig } from 'vitest/config'

/** The long figures (`npm run soak`): minutes, not seconds; each test writes its figures into the report. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/soak/**/*.test.ts'],
    testTimeout: 1_800_000,
    fileParallelism: true,
    maxWorkers: 2,
  },
})
