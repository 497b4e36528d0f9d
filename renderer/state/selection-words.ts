import { runOf, shareOf, wholeName, wholeWeight } from './derived'
import { frameFigures } from './flame-selection'
import { wholeOf } from './flame-units'
import { digitsFor, fixed, intervalText, secondsText } from './numbers'
import { sliceWords } from './slice-words'
import { inRange, shownRun } from './shown'
import type { Workbench } from './store'

/** What is selected, in words: "Guest idle of VM/PC-733 optimized: 30.2 % of VMM time [29.6, 30.8]". */
export function selectionWords(state: Workbench): string {
  const { selection } = state
  if (selection.kind === 'none') return 'nothing selected'
  const run = runOf(state, selection.run)
  if (!run) return 'nothing selected'
  if (selection.kind === 'run') return `${run.kind === 'imported' ? 'profile' : 'run'} ${run.name}`
  if (selection.kind === 'slice') return sliceWords(selection.slice, run.name)
  if (selection.kind === 'row') {
    const shown = shownRun(state, run)
    const row = shown.kind === 'simulated' ? shown.report.table.find((one) => one.id === selection.row) : undefined
    if (!row) return `run ${run.name}`
    if (row.percent === null) return `${row.label} of ${run.name}: does not apply`
    const digits = digitsFor(row.ci95)
    const interval = row.ci95 ? ` ${intervalText(row.ci95, digits)}` : ''
    return `${row.label} of ${run.name}: ${fixed(row.percent, digits)} % of ${wholeName(row.scope, null)}${interval}`
  }
  const figures = frameFigures(state, run, selection)
  if (!figures) return `run ${run.name}`
  const { flame, total, whole, type, name } = figures
  const share = shareOf(total, whole, type)
  const digits = digitsFor(share.ci95)
  const time = run.kind === 'simulated' && !inRange(state, run)
    ? `${secondsText((run.report.simulatedSeconds * total) / totalOf(run, flame.weight))}, ` : ''
  const interval = share.ci95 ? ` ${intervalText(share.ci95, digits)}` : ''
  const way = selection.as && selection.as.order !== 'down' ? ` (${figures.way})` : ''
  return `${name} of ${run.name}: ${time}${fixed(share.percent, digits)} % of ${wholeOf(flame)}${interval}${way}`
}

function totalOf(run: NonNullable<ReturnType<typeof runOf>>, weight: number): number {
  return wholeWeight(run.profile, weight, 'total') || 1
}
