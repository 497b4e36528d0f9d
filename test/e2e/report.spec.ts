import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from './fixtures'
import { drop, perfText, started } from './window'

test('the session becomes a page that needs nothing else, with tables, pictures and imports', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: '<b>capture</b>.txt', text: perfText([['tcp_sendmsg', 'do_syscall_64'], ['schedule']]) }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  const path = app.path('report.html')
  await app.answer({ save: path })
  await app.menu('file.export-html')
  await expect.poll(() => existsSync(path)).toBe(true)
  const html = readFileSync(path, 'utf8')
  expect(html).not.toMatch(/<script|<link|<b>capture/)
  expect(html.match(/<figure>/g), 'a flame of each run').toHaveLength(3)

  // shown by a window of its own, offline and without scripts, as a browser would
  const shown = await app.electronApp.evaluate(async ({ BrowserWindow }, file) => {
    const window = new BrowserWindow({ show: false, webPreferences: { javascript: false, sandbox: true } })
    const faults: string[] = []
    window.webContents.on('console-message', (details) => faults.push((details as unknown as { message: string }).message))
    await window.loadFile(file)
    const pdf = await window.webContents.printToPDF({ pageSize: 'A4' })
    window.destroy()
    return { faults, title: file, pdf: pdf.length }
  }, path)
  expect(shown.faults).toEqual([])
  expect(shown.pdf, 'prints').toBeGreaterThan(20_000)
})

test('the session becomes Markdown with the rows and how to make each run again', async ({ app }) => {
  await started(app)
  const path = app.path('report.md')
  await app.answer({ save: path })
  await app.menu('file.export-markdown')
  await expect.poll(() => existsSync(path)).toBe(true)
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(/\| Guest idle \| \d/)
  expect(text).toContain('npm run cli -- run --machine pc-733 --vm 2.0')
  expect(text).toContain('## Comparison: VM/PC-733 2.0 (A) and VM/PC-733 optimized (B)')
})

test('a report that cannot be written says why, and the session stays', async ({ app }) => {
  const page = await started(app)
  await app.answer({ save: app.path('no-such-folder/report.html') })
  await app.menu('file.export-html')
  await expect(page.getByTestId('error-banner')).toContainText('report.html could not be saved')
  await expect(page.getByTestId('run-item')).toHaveCount(2)
})
