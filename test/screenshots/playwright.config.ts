import { defineConfig } from '@playwright/test'

/** `npm run screenshots`: pictures for the documents, taken from the real window; no test. */
export default defineConfig({
  testDir: '.', testMatch: '*.shots.ts', outputDir: '../../test-results', globalSetup: '../e2e/global-setup.ts',
  timeout: 120_000, workers: 1, reporter: [['list']],
})
