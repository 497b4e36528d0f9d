import type { Page } from '@playwright/test'
import { dataKinds, everyTab, settled, withData } from './every-view'
import { expect, test } from './fixtures'
import { setScreen } from './screen'

const screens = [
  [1024, 640, 1], [1024, 640, 2], [1280, 800, 1], [1280, 800, 2], [2560, 1440, 1], [2560, 1440, 2],
] as const

/**
 * Texts that somebody could not read, by their words and place: cut by a box that neither scrolls nor shortens them on
 * purpose (an ellipsis with the whole text as title), outside the window, or with another text on top; figures that go on in
 * a second line.
 */
function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Piece { text: string; element: Element; left: number; right: number; top: number; bottom: number }
    const found: string[] = []
    const pieces: Piece[] = []
    const slack = 1.5
    const nameOf = (element: Element) => {
      const testId = element.closest('[data-testid]')?.getAttribute('data-testid') ?? ''
      return `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.trim().replace(/\s+/g, '.')}` : ''} in ${testId}`
    }
    const shortens = (element: Element | null): boolean => {
      for (let at = element; at; at = at.parentElement) {
        const style = getComputedStyle(at)
        if (style.textOverflow === 'ellipsis' && at.scrollWidth > at.clientWidth) return at.closest('[title]') !== null || at.querySelector('[title]') !== null
      }
      return false
    }

    /** The part of the rectangle that is on screen; a fault when something cuts it that cannot be scrolled. */
    const shown = (piece: Piece): Piece | null => {
      const part = { ...piece }
      let scrolls = false
      for (let box: Element | null = piece.element; box; box = box.parentElement) {
        // what the window itself cuts is told below
        if (box === document.body || box === document.documentElement) break
        const style = getComputedStyle(box)
        if (style.visibility === 'hidden' || Number(style.opacity) === 0) return null
        const flows = [style.overflowX, style.overflowY]
        if (flows.every((flow) => flow === 'visible') || style.display === 'inline') continue
        const limit = box.getBoundingClientRect()
        const cut = part.left < limit.left - slack || part.right > limit.right + slack || part.top < limit.top - slack || part.bottom > limit.bottom + slack
        if (flows.includes('auto') || flows.includes('scroll')) scrolls = true
        else if (cut && !scrolls && !shortens(piece.element)) found.push(`cut: "${piece.text}" (${nameOf(piece.element)}) by ${nameOf(box)}`)
        part.left = Math.max(part.left, limit.left)
        part.right = Math.min(part.right, limit.right)
        part.top = Math.max(part.top, limit.top)
        part.bottom = Math.min(part.bottom, limit.bottom)
        if (part.right - part.left < 2 || part.bottom - part.top < 2) return null
        if (style.position === 'fixed') break
      }
      const outside = part.left < -slack || part.right > window.innerWidth + slack || part.top < -slack || part.bottom > window.innerHeight + slack
      if (outside) found.push(`outside the window: "${piece.text}" (${nameOf(piece.element)})`)
      return part
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!element || text === '' || element.closest('.visually-hidden, option, svg, script, style')) continue
      // also what a closed <details> holds
      if (!element.checkVisibility()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      if (tops.size > 1 && /^[−+]?[\d.,]+$/.test(text)) found.push(`a figure in two lines: "${text}" (${nameOf(element)})`)
      for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
        if (width < 1 || height < 1) continue
        // the letters themselves are lower than the line's box
        const inset = height * 0.22
        const piece = shown({ text: text.slice(0, 60), element, left, right, top: top + inset, bottom: bottom - inset })
        if (piece) pieces.push(piece)
      }
    }
    pieces.sort((a, b) => a.top - b.top)
    pieces.forEach((a, index) => {
      for (let j = index + 1; j < pieces.length && pieces[j]!.top < a.bottom; j++) {
        const b = pieces[j]!
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        // a head that stays while rows scroll beneath it has a ground of its own
        const sticks = [a, b].some(({ element }) => element.closest('thead') !== null) && a.element.closest('table') === b.element.closest('table')
        if (across > 2 && down > 2 && a.element !== b.element && !sticks) found.push(`on top of each other: "${a.text}" (${nameOf(a.element)}) and "${b.text}" (${nameOf(b.element)})`)
      }
    })
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the window scrolls sideways')
    const bar = document.querySelector('[role=tablist]')
    for (const tab of document.querySelectorAll('[role=tab]')) {
      const [place, limit] = [tab.getBoundingClientRect(), bar!.getBoundingClientRect()]
      if (place.left < limit.left - slack || place.right > limit.right + slack) found.push(`tab cut: ${tab.textContent}`)
    }
    return [...new Set(found)]
  })
}

for (const kind of dataKinds) {
  test(`nothing is cut or covered in any view at any size, ${kind} data`, async ({ app }) => {
    test.setTimeout(300_000)
    const page = await withData(app, kind)
    /** Where each fault was seen. */
    const found: Record<string, string> = {}
    await everyTab(page, async (tab) => {
      for (const [width, height, scale] of screens) {
        await setScreen(page, width, height, scale)
        await settled(page)
        for (const fault of await unreadable(page)) found[fault] = `${found[fault] ?? ''} ${tab}@${width}x${height}x${scale}`
      }
    })
    expect(found).toEqual({})
  })
}

test('the check itself sees a cut, a covered and a pushed-out text', async ({ app }) => {
  const page = await withData(app, 'simulated')
  await page.evaluate(() => {
    const add = (text: string, style: Partial<CSSStyleDeclaration>) => {
      const element = document.createElement('div')
      element.textContent = text
      Object.assign(element.style, { position: 'fixed', font: '14px sans-serif', whiteSpace: 'nowrap', ...style })
      document.body.append(element)
    }
    add('a text that is cut', { left: '400px', top: '300px', width: '40px', overflow: 'hidden' })
    add('a text below', { left: '100px', top: '200px' })
    add('a text above', { left: '110px', top: '202px' })
    add('12,345,678', { left: '600px', top: '350px', width: '30px', whiteSpace: 'normal', overflowWrap: 'anywhere' })
    add('a text outside', { left: `${window.innerWidth - 20}px`, top: '250px' })
  })
  const found = (await unreadable(page)).join('\n')
  expect(found).toMatch(/cut: "a text that is cut"/)
  expect(found).toMatch(/on top of each other: .*"a text below".*"a text above"/)
  expect(found).toMatch(/a figure in two lines: "12,345,678"/)
  expect(found).toMatch(/outside the window: "a text outside"/)
})
