import { defineConfig } from '@playwright/test'

/** `npm run guide`: the pictures of docs/guide, taken from the real window with fixed scenarios and seeds; no test. */
export default defineConfig({
  testDir: '.', testMatch: '*.guide.ts', outputDir: '../../test-results', globalSetup: '../e2e/global-setup.ts',
  timeout: 240_000, expect: { timeout: 60_000 }, workers: 1, reporter: [['list']],
})
