import { defineConfig } from 'vitest/config'
import { fileURLToPath } from 'node:url'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/{unit,property,golden,faults,fuzz}/**/*.test.{ts,tsx}'],
    // A property that finds nothing within this time on two loaded cores is too big for every run.
    testTimeout: 60_000,
    passWithNoTests: false,
    // by itself it leaves one of two cores idle
    maxWorkers: 2,
  },
})
