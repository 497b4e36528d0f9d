import { defineConfig } from '@playwright/test'

export default defineConfig<{ shortRuns: boolean }>({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './global-setup.ts',
  // A window start takes 1 to 2 s, on a loaded machine 6 s; a whole run of both presets is in some tests.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Two workers take 20 % less time here, but once in 186 tests a window drew no frame for 30 s beside the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  use: { shortRuns: true },
  reporter: process.env['WORLDSWITCH_E2E_REPORT']
    ? [['list'], ['json', { outputFile: process.env['WORLDSWITCH_E2E_REPORT'] }]]
    : [['list']],
})
