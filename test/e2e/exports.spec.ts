import { existsSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { dataKinds, everyTab, settled, withData } from './every-view'
import { expect, test, type WorldswitchApp } from './fixtures'
import { drop, perfText, started } from './window'

/** Exports through the menu, under the name given, and answers the file. */
async function exported(app: WorldswitchApp, command: string, name: string): Promise<Buffer> {
  const path = app.path(name)
  await app.answer({ save: path })
  await app.menu(command)
  await expect.poll(() => existsSync(path), { message: name }).toBe(true)
  return readFileSync(path)
}

/** What a browser's own XML parser says of the text: null when it is well formed, else its complaint. */
function complaint(page: Page, text: string): Promise<string | null> {
  // the window's policy lets nobody parse markup, so it is read as a picture, which has to be well formed too
  return page.evaluate(async (svg) => {
    const image = new Image()
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
    return image.decode().then(() => null, (thrown: unknown) => String(thrown))
  }, text)
}

const hostile = '</text><script>alert(1)</script>&"\'<img src=x>'

test('a flame becomes an SVG with its boxes, denominator and source, light also in a dark window', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-flame').click()
  const light = (await exported(app, 'file.export-svg', 'light.svg')).toString()
  expect(await complaint(page, light)).toBeNull()
  expect(light).toContain('guest halted')
  expect(light).toContain('total time')
  expect(light).toMatch(/--seed 1 /)
  expect(light).toMatch(/digest [0-9a-f]{16}/)
  expect(light).not.toMatch(/<script|href="http|<style|@font-face/)
  await app.electronApp.evaluate(({ nativeTheme }) => { nativeTheme.themeSource = 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const dark = (await exported(app, 'file.export-svg', 'dark.svg')).toString()
  expect(dark).toBe(light)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('a comparison becomes a PNG of both icicles', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-compare').click()
  const png = await exported(app, 'file.export-png', 'compare.png')
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const colours = await page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    return new Set(Array.from({ length: data.length / 4 }, (_, i) => (data[4 * i]! << 16) | (data[4 * i + 1]! << 8) | data[4 * i + 2]!)).size
  }, png.toString('base64'))
  expect(colours, 'more than a white sheet').toBeGreaterThan(50)
})

test('a table view becomes a picture with real text, and CSV with every figure', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  await settled(page)
  const svg = (await exported(app, 'file.export-svg', 'table.svg')).toString()
  expect(await complaint(page, svg)).toBeNull()
  expect(svg).toContain('>Guest idle<')
  const csv = (await exported(app, 'file.export-csv', 'table.csv')).toString()
  expect(csv.split('\n')[0]).toMatch(/^id,row,scope,percent/)
  expect(csv).toContain('\nguest-idle,Guest idle,of VMM time,')
})

test('hostile names stay text in a picture and in a spreadsheet, and every function is in it', async ({ app }) => {
  const page = await started(app)
  const stacks = [[hostile, 'do_syscall_64'], ...Array.from({ length: 120 }, (_, i) => [`function_${i}`, 'main'])]
  await drop(page, [{ name: 'hostile.txt', text: perfText(stacks) }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-flame').click()
  const svg = (await exported(app, 'file.export-svg', 'hostile.svg')).toString()
  expect(await complaint(page, svg)).toBeNull()
  expect(svg).not.toMatch(/<script|<img/)
  const csv = (await exported(app, 'file.export-csv', 'hostile.csv')).toString()
  for (let i = 0; i < 120; i++) expect(csv).toContain(`function_${i},`)
})

test('compared functions are all in a spreadsheet, not only those scrolled to', async ({ app }) => {
  const page = await started(app)
  const profile = perfText(Array.from({ length: 120 }, (_, i) => [`function_${i}`, 'main']))
  await drop(page, [{ name: 'a.txt', text: profile }, { name: 'b.txt', text: profile }])
  await page.getByTestId('compare-part').getByText('Functions').click()
  const csv = (await exported(app, 'file.export-csv', 'functions.csv')).toString()
  for (let i = 0; i < 120; i++) expect(csv).toContain(`function_${i},`)
})

test('a view without charts or tables says so, and a changed mind is no error', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-flame').click()
  await app.answer({ save: null })
  await app.menu('file.export-svg')
  await expect.poll(async () => (await app.dialogs()).filter(({ kind }) => kind === 'save').length).toBe(1)
  await expect(page.getByTestId('error-banner')).toHaveCount(0)
  // no note has been taken
  await page.getByTestId('tab-notes').click()
  await app.menu('file.export-svg')
  await expect(page.getByText('There is no picture to export')).toBeVisible()
})

for (const kind of dataKinds) {
  test(`every view that shows something can be saved as a picture, ${kind} data`, async ({ app }) => {
    test.setTimeout(180_000)
    const page = await withData(app, kind)
    await everyTab(page, async (tab) => {
      if (await page.locator('#centre-view').locator('canvas, table').count() === 0) return
      const svg = (await exported(app, 'file.export-svg', `${tab}.svg`)).toString()
      expect(await complaint(page, svg), tab).toBeNull()
      expect(svg, tab).toMatch(/<text /)
      expect(svg, tab).not.toMatch(/NaN|undefined|<script/)
    })
    await expect(page.getByTestId('error-banner')).toHaveCount(0)
  })
}

test('notes are a table in a picture and in a spreadsheet', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-notes').click()
  await page.getByTestId('notes-general').fill('first <line>\nsecond line')
  const svg = (await exported(app, 'file.export-svg', 'notes.svg')).toString()
  expect(await complaint(page, svg)).toBeNull()
  expect(svg).toContain('>first &lt;line&gt;<')
  expect((await exported(app, 'file.export-csv', 'notes.csv')).toString()).toBe('about,note\nthe whole session,"first <line>\nsecond line"\n')
})

test('a run is saved for another program, which the dialog says what it loses for', async ({ app }) => {
  const page = await started(app)
  const path = app.path('chosen.trace.json')
  await app.answer({ save: path })
  await app.menu('file.export-profile')
  const words = page.getByTestId('export-words')
  await expect(words).toContainText('Not in it: Table 2')
  await expect(page.getByRole('radio', { name: /^pprof/ })).toBeFocused()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await expect(words).toContainText('simulated again')
  await page.keyboard.press('Enter')
  await expect.poll(() => existsSync(path), { timeout: 60_000 }).toBe(true)
  const trace = JSON.parse(readFileSync(path, 'utf8')) as { otherData: { run: string }; traceEvents: { ph: string }[] }
  expect(new Set(trace.traceEvents.map(({ ph }) => ph))).toEqual(new Set(['M', 's', 't', 'f', 'i', 'B', 'E', 'C']))
  // 100 MB have more calls than a trace: what it holds is said after
  await expect(page.getByTestId('warning-banner')).toContainText('the trace covers')
})
