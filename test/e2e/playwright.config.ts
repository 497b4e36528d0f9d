import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './global-setup.ts',
  // A window start takes 1 to 2 s, on a loaded machine 6 s; a whole run of both presets is in some tests.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // A window waits most of its time; two fill two cores, and each worker's files run one after another.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  reporter: process.env['WORLDSWITCH_E2E_REPORT']
    ? [['list'], ['json', { outputFile: process.env['WORLDSWITCH_E2E_REPORT'] }]]
    : [['list']],
})
