import { commandOf, scenarioWords } from '../../engine/report/reproduce'
import { viewTitles, type SessionRun } from '../../engine/session/document'
import { engineVersion } from '../../engine/version'
import { chosenWeight, commonScope, measureOf, weightsOfPair, pairOf } from './compare'
import { selectedRun, wholeName } from './derived'
import { shownFlame } from './flame-shown'
import { leftWords, widthUnit } from './flame-units'
import { rangeText } from './range-words'
import { inRange } from './shown'
import type { Workbench } from './store'
import { transformWords } from './transform-words'

/** The runs that the view on screen is about. */
export function runsOnScreen(state: Workbench): SessionRun[] {
  const { tab } = state.document.view
  if (tab === 'notes') return []
  if (tab === 'compare') {
    const pair = pairOf(state)
    return pair ? [pair.a, pair.b] : []
  }
  const run = selectedRun(state)
  return run ? [run] : []
}

export interface ExportFacts {
  title: string
  facts: string[]
  sources: string[]
}

/** What a picture of the view on screen has to say of itself, so that it can be cited. */
export function exportFacts(state: Workbench): ExportFacts {
  const runs = runsOnScreen(state)
  const { tab } = state.document.view
  const names = runs.map((run, index) => (tab === 'compare' ? `${'AB'[index]}: ${run.name}` : run.name))
  const title = names.length > 0 ? `${viewTitles[tab]}: ${names.join(', ')}` : viewTitles[tab]
  const ranges = runs.flatMap((run) => {
    const range = inRange(state, run)
    return range ? [`Only ${rangeText(range, run)}.`] : []
  })
  return {
    title,
    facts: [...denominator(state, runs), ...ranges],
    sources: [...runs.map(sourceOf), `Worldswitch engine ${engineVersion}${state.fileName === null ? '' : `, session ${state.fileName}`}`],
  }
}

/** What a width means, and what was done to the profile before it was drawn. */
function denominator(state: Workbench, runs: readonly SessionRun[]): string[] {
  const { document: { view } } = state
  const [run] = runs
  if (run && view.tab === 'flame') {
    const flame = shownFlame(state, run)
    const { unit, words } = widthUnit(state, run, state.flame.unit, flame.scope)
    const weight = flame.profile.weightTypes[flame.weight]
    const steps = (view.transforms ?? []).map((step, index) => `${transformWords(step)}${flame.found[index] ? '' : ' (matches nothing)'}`)
    return [
      `Widths: ${unit === '%' ? `% of ${wholeName(flame.scope, threadOf(state, run))}` : words}${weight ? `; ${weight.name}, ${weight.kind}` : ''}.`,
      ...(steps.length > 0 ? [`Steps taken: ${steps.join(', ')}; ${leftWords(flame)}.`] : []),
    ]
  }
  const pair = view.tab === 'compare' ? pairOf(state) : null
  if (!pair) return []
  const weight = chosenWeight(weightsOfPair(pair), view.weight)
  const scope = commonScope(pair, view.scope)
  const { mode, unit } = measureOf(pair, state.compare.mode, scope, weight, state)
  const each = { share: '', packet: ' a packet', second: '' }[mode]
  return [`Widths: ${unit}${each} of ${wholeName(scope, null)}; ${weight.label}.`]
}

function threadOf({ flame }: Workbench, { profile }: SessionRun): string | null {
  return flame.thread === null ? null : profile.threads[flame.thread] ?? null
}

function sourceOf(run: SessionRun): string {
  if (run.kind === 'imported') {
    const { fileName, format, report } = run.source
    return `${run.name}: recorded, ${fileName} (${format}), ${report.samplesKept.toLocaleString('en-US')} samples`
  }
  const { scenario, engineVersion: version } = run.report
  return `${run.name}: ${scenarioWords(scenario)}. ${commandOf(scenario)} (engine ${version}, digest ${run.digest.slice(0, 16)})`
}
