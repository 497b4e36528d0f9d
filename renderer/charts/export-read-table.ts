import type { TextTable } from './export-table'

/** The tables inside an element as text: what is on screen, without what is said to screen readers alone. */
export function tablesIn(root: Element): TextTable[] {
  return [...root.querySelectorAll('table')].filter((table) => table.clientHeight > 0).map((table) => {
    const head = table.tHead?.rows[table.tHead.rows.length - 1]
    const columns = [...(head?.cells ?? [])].flatMap((cell) => {
      const name = { name: shownText(cell), numeric: cell.classList.contains('num') }
      return [name, ...Array.from({ length: cell.colSpan - 1 }, () => ({ ...name, name: '' }))]
    })
    const rows = [...table.rows].filter((row) => row.parentElement !== table.tHead && row.getAttribute('aria-hidden') !== 'true')
      .map((row) => [...row.cells].map(shownText))
    return { name: table.caption ? allText(table.caption) : table.getAttribute('aria-label') ?? '', columns, rows }
  }).filter(({ columns, rows }) => columns.length > 0 && rows.length > 0)
}

function allText(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim()
}

function shownText(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let text = ''
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const hidden = node.parentElement?.closest('.visually-hidden, [hidden], select, svg title')
    if (hidden && element.contains(hidden)) continue
    // words of two elements do not run together because no blank stands between their tags
    text += `${text === '' || /\s$/.test(text) ? '' : ' '}${node.textContent ?? ''}`
  }
  return text.replace(/\s+/g, ' ').trim()
}
