import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test, type WorldswitchApp } from '../e2e/fixtures'
import { drop, resize, started } from '../e2e/window'

/** Where the pictures go; every view at the size that the documents use, and more sizes to look at with SHOTS=all. */
const folder = resolve(process.env['SHOTS_DIR'] ?? 'docs/images')
const everything = process.env['SHOTS'] === 'all'
const sizes = everything ? [[1024, 640], [1280, 800]] as const : [[1280, 800]] as const
const themes = everything ? ['light', 'dark'] as const : ['light'] as const

async function shoot(app: WorldswitchApp, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const theme of themes) {
    await app.electronApp.evaluate(({ nativeTheme }, source) => { nativeTheme.themeSource = source }, theme)
    for (const [width, height] of sizes) {
      await resize(app, width, height)
      await app.page.waitForTimeout(300) // the chart repaints after a resize
      const suffix = everything ? `-${width}-${theme}` : ''
      await app.page.screenshot({ path: `${folder}/${name}${suffix}.png` })
    }
  }
}

test('views of the first comparison', async ({ app }) => {
  const page = await started(app)
  await expect(page.getByTestId('compare-flame-b')).toBeVisible()
  await shoot(app, 'compare')
  await page.getByTestId('run-item').nth(1).click()
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-row-guest-idle').click()
  await shoot(app, 'table2')
  await page.getByTestId('tab-flame').click()
  await shoot(app, 'flame')
})

test('an imported profile', async ({ app }) => {
  const page = await started(app)
  const text = gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString()
  await drop(page, [{ name: 'perf-sym-pcnet.txt', text }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-flame').click()
  await shoot(app, 'imported')
})
