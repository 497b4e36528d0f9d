import { flushSync } from 'react-dom'
import { plainErrorOf, type PlainError } from '../../engine/plain-error'
import { placeWords } from '../../engine/report/content'
import { viewTitles } from '../../engine/session/document'
import { pictureDocument, type PictureDocument } from '../charts/export-document'
import { pngOf } from '../charts/export-png'
import { tablesIn } from '../charts/export-read-table'
import { drawTable, type TextTable } from '../charts/export-table'
import { picturesIn } from '../charts/pictures'
import { applyWorldColours } from '../theme/world-colours'
import { csvText } from '../../engine/csv'
import { selectedRun, shareOf } from './derived'
import { exportFacts } from './export-facts'
import { saveExport } from './exports'
import { shownFlame } from './flame-shown'
import { notify } from './notices'
import { offeredTable } from './offered-tables'
import { shownRun } from './shown'
import { change, now } from './store'
import { rowsOfTable } from './table-rows'
import { tableText } from './table-text'

/** Pixels to a unit: sharp on paper and on dense screens. */
const pngScale = 2

function viewOnScreen(): Element | null {
  return document.getElementById('centre-view')
}

/** Asks where, and saves the view on screen as a picture: its charts, or its tables where it has no chart. */
export async function exportPicture(kind: 'png' | 'svg'): Promise<void> {
  try {
    const picture = inLight(pictureOnScreen)
    if (!picture) return notify(nothing('picture', 'chart or table'), 'warning')
    const svg = pictureDocument(picture)
    await saveExport(picture.title, kind, kind === 'svg' ? svg : await pngOf(svg, pngScale))
  } catch (thrown) {
    notify(plainErrorOf(thrown))
  }
}

function pictureOnScreen(): PictureDocument | null {
  const view = viewOnScreen()
  if (!view) return null
  const charts = picturesIn(view).map(({ name, draw }, index) => ({ name: saidFirst(name), drawing: draw(`p${index}`) }))
  const parts = charts.length > 0 ? charts
    : tablesOf(view).map((table, index) => ({ name: table.name, drawing: drawTable(table, `t${index}`) }))
  return parts.length > 0 ? { ...exportFacts(now()), parts } : null
}

/** The tables on screen; notes are none there, and become one. */
function tablesOf(view: Element): TextTable[] {
  const { document: { view: { tab }, notes, pins = [], runs } } = now()
  if (tab !== 'notes') return tablesIn(view)
  const rows = [
    ...(notes.trim() === '' ? [] : [['the whole session', notes.trim()]]),
    ...pins.map(({ at, text }) => [placeWords(at, runs), text]),
  ]
  return rows.length > 0 ? [{ name: viewTitles.notes, columns: [{ name: 'about', numeric: false }, { name: 'note', numeric: false }], rows }] : []
}

/** A chart's label goes on with the keys that it understands, which a picture does not. */
function saidFirst(label: string): string {
  return label.split(/\.(?:\s|$)/)[0] ?? label
}

/**
 * Pictures are light whatever the window is: everything is drawn light for the time of `work`, which ends before the
 * window is painted again.
 */
function inLight<T>(work: () => T): T {
  const { dark } = now()
  if (!dark) return work()
  const show = (as: boolean) => {
    document.documentElement.dataset['theme'] = as ? 'dark' : 'light'
    applyWorldColours(document.documentElement, as)
    flushSync(() => change((state) => { state.dark = as }))
  }
  try {
    show(false)
    return work()
  } finally {
    show(true)
  }
}

/** Asks where, and saves the figures of the view on screen: all rows of it, not only those scrolled to. */
export async function exportTable(): Promise<void> {
  try {
    const text = csvOnScreen()
    if (text === null) return notify(nothing('table', 'table'), 'warning')
    await saveExport(`${exportFacts(now()).title}, table`, 'csv', text)
  } catch (thrown) {
    notify(plainErrorOf(thrown))
  }
}

function csvOnScreen(): string | null {
  const state = now()
  const { tab } = state.document.view
  const chosen = selectedRun(state)
  const run = chosen && shownRun(state, chosen)
  if (chosen && run && tab === 'table' && chosen.kind === 'simulated' && run.kind === 'simulated') {
    return tableText(run.report, ',', rowsOfTable(run, chosen).map(({ readings }) => readings))
  }
  if (run && tab === 'flame') return functionsText()
  const whole = offeredTable()
  if (whole !== null) return whole
  const view = viewOnScreen()
  const tables = view ? tablesOf(view) : []
  return tables.length > 0 ? tables.map((table) => csvOf(table, tables.length > 1)).join('\n') : null
}

function csvOf({ name, columns, rows }: TextTable, named: boolean): string {
  return csvText([...(named && name !== '' ? [[name]] : []), columns.map((column) => column.name), ...rows])
}

/** Every function of the flame on screen, in shares of its denominator: the table shows only rows that are scrolled to. */
function functionsText(): string | null {
  const state = now()
  const run = selectedRun(state)
  if (!run) return null
  const flame = shownFlame(state, run)
  if (!flame) return null
  const { weight, down: { tree, functions }, whole } = flame
  const type = run.profile.weightTypes[weight]
  const share = (part: number) => {
    const { percent, ci95 } = shareOf(part, whole, type)
    return [percent, ci95?.[0] ?? null, ci95?.[1] ?? null]
  }
  const unit = type ? `${type.name} (${type.unit})` : ''
  const head = [
    'function', 'module', 'self %', 'self ci95 low', 'self ci95 high', 'total %', 'total ci95 low', 'total ci95 high',
    `self, ${unit}`, `total, ${unit}`,
  ]
  return csvText([head, ...Array.from(functions.frame, (frame, row) => [
    tree.frames.name[frame]!, tree.frames.module[frame]!, ...share(functions.self[row]!), ...share(functions.total[row]!),
    functions.self[row]!, functions.total[row]!,
  ])])
}

function nothing(what: string, needed: string): PlainError {
  return {
    what: `There is no ${what} to export: the view ${viewTitles[now().document.view.tab]} shows no ${needed} now.`,
    kept: 'Nothing was written.', todo: 'Choose a run or another view.',
  }
}
