import { commandOf, scenarioWords } from '../../engine/report/reproduce'
import { viewTitles, type SessionRun } from '../../engine/session/document'
import { engineVersion } from '../../engine/version'
import { pairOf } from './compare'
import { hasVmmTime, selectedRun, weightIndex, wholeName } from './derived'
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

function denominator({ document: { view }, flame }: Workbench, runs: readonly SessionRun[]): string[] {
  const [run] = runs
  if (!run || (view.tab !== 'flame' && view.tab !== 'compare')) return []
  const scope = runs.every(({ profile }) => hasVmmTime(profile)) ? view.scope : 'total'
  const thread = view.tab === 'flame' && flame.thread !== null ? run.profile.threads[flame.thread] ?? null : null
  const weight = run.profile.weightTypes[weightIndex(run.profile, view.weight)]
  const steps = view.tab === 'flame' && view.transforms?.length ? [`Steps taken: ${view.transforms.map(transformWords).join(', ')}.`] : []
  return [`Widths are parts of ${wholeName(scope, thread)}${weight ? `; ${weight.name}, ${weight.kind}` : ''}.`, ...steps]
}

function sourceOf(run: SessionRun): string {
  if (run.kind === 'imported') {
    const { fileName, format, report } = run.source
    return `${run.name}: recorded, ${fileName} (${format}), ${report.samplesKept.toLocaleString('en-US')} samples`
  }
  const { scenario, engineVersion: version } = run.report
  return `${run.name}: ${scenarioWords(scenario)}. ${commandOf(scenario)} (engine ${version}, digest ${run.digest.slice(0, 16)})`
}
