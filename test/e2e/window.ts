import { expect, type Locator, type Page } from '@playwright/test'
import type { WorldswitchApp } from './fixtures'

/** Steps that several specs of the window share. */

/** Waits for the two runs of a first start. */
export async function started(app: WorldswitchApp): Promise<Page> {
  // looked at every frame: an expectation looks again after up to half a second, which nearly every test would wait for
  await app.page.waitForFunction(() =>
    document.querySelectorAll('[data-testid="run-item"]').length === 2 && !document.querySelector('[data-testid="progress"]'),
  ).catch(() => undefined)
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  await expect(app.page.getByTestId('progress')).toHaveCount(0)
  return app.page
}

export async function resize(app: WorldswitchApp, width: number, height: number): Promise<void> {
  // asked again when nothing comes of it: Chromium loses a size that is set while the one before is on its way
  await expect(async () => {
    await app.electronApp.evaluate(({ BrowserWindow }, [w, h]) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(w!, h!)
    }, [width, height])
    await expect.poll(() => app.page.evaluate(() => [window.innerWidth, window.innerHeight]), { timeout: 3000 }).toEqual([width, height])
  }).toPass({ timeout: 20_000 })
  await laidOut(app.page)
}

/**
 * The window knows its new size before a frame is drawn with it: only that frame asks the media queries, moves the
 * inspector and shares out the panels. Waits until three frames in a row show the same panels with the same content.
 */
export function laidOut(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const look = () => JSON.stringify([
      document.body.getElementsByTagName('*').length,
      ...[...document.querySelectorAll('[data-panel]')].map((panel) => panel.getBoundingClientRect()),
    ])
    let before = ''
    for (let still = 0; still < 3;) {
      await frame()
      const now = look()
      still = now === before ? still + 1 : 1
      before = now
    }
  })
}

export function runItem(page: Page, name: string): Locator {
  return page.getByTestId('run-item').filter({ has: page.locator('.run-name', { hasText: new RegExp(`^${escaped(name)}$`) }) })
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Drops files on the window as the desktop would. */
export async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const { name, text } of list) data.items.add(new File([text], name))
    return data
  }, files)
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('[data-testid="app"]', type, { dataTransfer: transfer })
}

/** Drops files of the disk: what a page makes itself has no path, what a user has chosen has one. */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.body.appendChild(document.createElement('input'))
    Object.assign(input, { type: 'file', multiple: true, id: 'files-to-drop' })
  })
  await page.locator('#files-to-drop').setInputFiles([...paths])
  const transfer = await page.evaluateHandle(() => {
    const input = document.querySelector<HTMLInputElement>('#files-to-drop')!
    const data = new DataTransfer()
    for (const file of input.files!) data.items.add(file)
    input.remove()
    return data
  })
  const known = await transfer.evaluate((data) => Promise.all([...data.files].map((file) => window.worldswitch.dropped(file))))
  expect(known).not.toContain('no path')
  await page.dispatchEvent('[data-testid="app"]', 'drop', { dataTransfer: transfer })
}

/** perf script text with one stack a sample, leaf first, as perf writes it. */
export function perfText(stacks: readonly (readonly string[])[]): string {
  return stacks.map((frames, index) => [
    `swapper     0 [000] ${(1000 + index / 1000).toFixed(6)}:     250000 cpu-clock: `,
    ...frames.map((name, depth) => `\t    ffffffff8100${(4096 + depth * 16).toString(16)} ${name}+0x10 ([kernel.kallsyms])`),
    '', '',
  ].join('\n')).join('')
}

/** Whether anything that should be read is cut: text wider than its box, outside the places that scroll or shorten on purpose. */
export function cutLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || !node.textContent?.trim() || element.closest('.visually-hidden, option, [hidden]')) continue
      // shortened on purpose: the whole text is in the title
      if (getComputedStyle(element).textOverflow === 'ellipsis') continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = range.getBoundingClientRect()
      if (box.width === 0) continue
      const scroller = element.closest('.table2-scroll, .compare-scroll, .function-table, .inspector, .runs ul')
      const limit = scroller ? scroller.getBoundingClientRect() : { left: 0, right: window.innerWidth }
      if (box.right > limit.right + 1 || box.left < limit.left - 1) found.push(`outside: ${node.textContent.trim()}`)
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') found.push(`cut: ${node.textContent.trim()}`)
    }
    return found
  })
}
