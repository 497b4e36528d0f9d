import { defineConfig } from 'vitest/config'
import { fileURLToPath } from 'node:url'

// `npm run test:package`: builds the package, installs it with apt and tries it as a user would. Root only, and long.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/package/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 900_000,
    fileParallelism: false,
  },
})
