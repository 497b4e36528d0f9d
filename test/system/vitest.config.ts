import { defineConfig } from 'vitest/config'
import { fileURLToPath } from 'node:url'

// Tests that install packages, download, or start from a fresh clone. They run only when asked for.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/system/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
