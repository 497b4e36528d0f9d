import { defineConfig } from '@playwright/test'

/** `npm run bench`: how smoothly the real window works; figures, no test. */
export default defineConfig({
  testDir: '.', testMatch: '*.bench.ts', outputDir: '../../.cache/bench/results', globalSetup: '../e2e/global-setup.ts',
  timeout: 1_200_000, workers: 1, reporter: [['list']],
})
