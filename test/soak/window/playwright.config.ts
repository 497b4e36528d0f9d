import { defineConfig } from '@playwright/test'
import windows from '../../e2e/playwright.config'

/** The long tests of the whole app (`npm run soak`): minutes each, and each writes its figures into the report. */
export default defineConfig({
  ...windows, testDir: '.', outputDir: '../../../test-results/soak', globalSetup: '../../e2e/global-setup.ts', timeout: 3_600_000, use: {},
  // the machine may be doing other soaks beside it
  expect: { timeout: 40_000 },
})
