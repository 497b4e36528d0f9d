import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { faults } from './axe'
import type { WorldswitchApp } from './fixtures'
import { drop, laidOut, started } from './window'

/** What specs of all views share: data to show, and a walk over the tabs that there are. */

export const dataKinds = ['simulated', 'imported'] as const
export type DataKind = (typeof dataKinds)[number]

/** The two runs of a first start; with 'imported' a recorded profile besides, which is the chosen run. */
export async function withData(app: WorldswitchApp, kind: DataKind): Promise<Page> {
  const page = await started(app)
  if (kind === 'imported') {
    const text = gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString()
    await drop(page, [{ name: 'perf-sym-pcnet.txt', text }])
    await expect(page.getByTestId('run-item')).toHaveCount(3)
    await page.getByTestId('run-item').nth(2).locator('.run-select').click()
  }
  return page
}

/** Shows each tab in turn, as soon as nothing is at work any more. */
export async function everyTab(page: Page, visit: (tab: string) => Promise<void>): Promise<void> {
  const ids = await page.getByRole('tab').evaluateAll((tabs) => tabs.map((tab) => tab.id.replace(/^tab-/, '')))
  expect(ids.length).toBeGreaterThan(2)
  for (const id of ids) {
    await page.getByTestId(`tab-${id}`).click()
    await expect(page.getByTestId(`tab-${id}`)).toHaveAttribute('aria-selected', 'true')
    await settled(page)
    await visit(id)
  }
}

/** No job under way, the view loaded, and the layout at rest. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByTestId('progress')).toHaveCount(0)
  await expect(page.getByTestId('view-loading')).toHaveCount(0)
  await laidOut(page)
}

export async function setTheme(app: WorldswitchApp, theme: 'light' | 'dark'): Promise<void> {
  await app.electronApp.evaluate(({ nativeTheme }, source) => { nativeTheme.themeSource = source }, theme)
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** What axe finds wrong with what is on screen, in light and in dark, one line a fault. */
export async function faultsInBothThemes(app: WorldswitchApp): Promise<string[]> {
  const found: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, theme)
    await laidOut(app.page)
    for (const fault of await faults(app.page)) found.push(`${theme}: ${fault}`)
  }
  return found
}
