import { plainErrorOf } from '../../engine/plain-error'
import { reportOf, type ReportPicture } from '../../engine/report/content'
import { htmlReport } from '../../engine/report/html'
import { markdownReport } from '../../engine/report/markdown'
import type { SessionRun } from '../../engine/session/document'
import { pictureDocument } from '../charts/export-document'
import { drawFlame } from '../charts/export-flame'
import { fullRange } from '../charts/scene'
import { wholeName } from './derived'
import { saveExport } from './exports'
import { tablesOfRecordings } from './imported-tables'
import { notify } from './notices'
import { now } from './store'
import { trees } from './trees'

const pictureWidth = 1000

/** Asks where, and saves the whole session as one document. A chosen range changes nothing here: the runs are whole. */
export async function exportReport(kind: 'html' | 'markdown'): Promise<void> {
  try {
    const { document, fileName } = now()
    const name = fileName ?? 'Worldswitch session'
    // only the page has them
    const pictures = kind === 'html' ? await Promise.all(document.runs.map(flamePicture)) : []
    const report = reportOf(document, name, { pictures, tables: await tablesOfRecordings(document) })
    await saveExport(`${name.replace(/\.wsprof$/i, '')}, report`, kind, kind === 'html' ? htmlReport(report) : markdownReport(report))
  } catch (thrown) {
    notify(plainErrorOf(thrown))
  }
}

async function flamePicture(run: SessionRun, index: number): Promise<ReportPicture> {
  const made = await trees.later('flame', [run.profile], {
    weight: run.profile.defaultWeight, scope: 'total', thread: null, transforms: [],
  })
  const { tree, layout } = made!.down
  const rootLabel = wholeName('total', null)
  const drawing = drawFlame({
    tree, layout, rootLabel, whole: 100, unit: '%', range: fullRange(100), axis: true, firstRow: 0, dark: false,
    mono: run.kind === 'imported', matched: null, selected: -1, hovered: -1,
  }, pictureWidth, `r${index}`)
  const weight = run.profile.weightTypes[run.profile.defaultWeight]
  const name = `Flame of ${run.name}, parts of ${rootLabel}${weight ? ` (${weight.name}, ${weight.kind})` : ''}`
  return { of: { run: run.id }, name, svg: pictureDocument({ title: name, facts: [], parts: [{ name, drawing }], sources: [] }) }
}
