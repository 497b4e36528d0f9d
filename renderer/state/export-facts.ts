import { partName } from '../../engine/profile/parts'
import { commandOf, scenarioWords } from '../../engine/report/reproduce'
import { viewTitles, type SessionRun, type SimulatedRun } from '../../engine/session/document'
import { engineVersion } from '../../engine/version'
import { chosenWeight, commonScope, measureOf, weightsOfPair, pairOf } from './compare'
import { firstSeed, measureWords } from './compare-ladder'
import { samplesOf, selectedRun, wholeName } from './derived'
import { shownFlame } from './flame-shown'
import { leftWords, widthUnit } from './flame-units'
import { partColourWords, partColoursOf } from './part-colours'
import { rangeText } from './range-words'
import { inRange, showsRange } from './shown'
import type { Workbench } from './store'
import { sweepTitles, sweepWords } from './sweeps-state'
import { transformWords } from './transform-words'
import { whatIfWords } from './what-if-state'

/** The runs that the view on screen is about. */
export function runsOnScreen(state: Workbench): SessionRun[] {
  const { tab } = state.document.view
  // sweeps and what-ifs have runs of their own
  if (tab === 'notes' || tab === 'sweeps' || tab === 'what-if') return []
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
  if (tab === 'sweeps') return sweepFacts(state)
  if (tab === 'what-if') return whatIfFacts(state)
  const names = runs.map((run, index) => (tab === 'compare' ? `${'AB'[index]}: ${run.name}` : run.name))
  const title = names.length > 0 ? `${viewTitles[tab]}: ${names.join(', ')}` : viewTitles[tab]
  const ranges = !showsRange(state) ? [] : runs.flatMap((run) => {
    const range = inRange(state, run)
    return range ? [`Only ${rangeText(range, run)}.`] : []
  })
  return {
    title,
    facts: [...denominator(state, runs), ...ranges],
    sources: [...runs.map(sourceOf), programOf(state)],
  }
}

function programOf({ fileName }: Workbench): string {
  return `Worldswitch engine ${engineVersion}${fileName === null ? '' : `, session ${fileName}`}`
}

function sweepFacts(state: Workbench): ExportFacts {
  const { shown, running } = state.sweeps
  const sweep = running?.kind === shown ? running.sweep : state.document.sweeps?.[shown]
  return {
    title: sweepTitles[shown], facts: sweep ? [`${sweepWords(sweep, running?.kind === shown)}.`] : [],
    sources: [programOf(state)],
  }
}

/** Always of what is shown, which may lag behind the sliders. */
function whatIfFacts(state: Workbench): ExportFacts {
  const { shown, baseline, mode, weight } = state.whatIf
  const unit = mode === 'packet' ? 'µs a packet' : '% of total time'
  return {
    title: shown ? `What-if: ${whatIfWords(shown.draft)}` : viewTitles['what-if'],
    facts: shown ? [`Icicles: ${unit}; ${weight}.`] : [],
    sources: [
      ...(shown ? [sourceOf(shown.run)] : []),
      ...(baseline ? [`baseline ${baseline.name}: ${runWords(baseline.run)}`] : []), programOf(state),
    ],
  }
}

/** What a width means, and what was done to the profile before it was drawn. */
function denominator(state: Workbench, runs: readonly SessionRun[]): string[] {
  const { document: { view } } = state
  const [run] = runs
  const flame = run && view.tab === 'flame' ? shownFlame(state, run) : null
  if (run && flame) {
    const parts = partColoursOf(flame.down.tree)
    const { unit, words } = widthUnit(state, run, state.flame.unit, flame.scope, threadOf(state, run))
    const weight = run.profile.weightTypes[flame.weight]
    const steps = (view.transforms ?? []).map((step, index) => `${transformWords(step)}${flame.found[index] ? '' : ' (matches nothing)'}`)
    return [
      `Widths: ${unit === '%' ? `% of ${wholeName(flame.scope, threadOf(state, run))}` : words}${weight ? `; ${weight.name}, ${weight.kind}` : ''}.`,
      ...(parts ? [partColourWords(parts)] : []),
      ...(steps.length > 0 ? [`Steps taken: ${steps.join(', ')}; ${leftWords(flame)}.`] : []),
    ]
  }
  const pair = view.tab === 'compare' ? pairOf(state) : null
  if (!pair) return []
  if (state.compare.part === 'ladder') {
    const { measure, bytes, seeds } = state.compare.ladder
    return [`From 2.0 to optimized, ${measureWords[measure]}; ${bytes / 1e6} MB a run, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'} from ${firstSeed} on.`]
  }
  const weight = chosenWeight(weightsOfPair(pair), view.weight)
  const scope = commonScope(pair, view.scope)
  const { mode, unit } = measureOf(pair, state.compare.mode, scope, weight, state)
  const each = { share: '', packet: ' a packet', second: '' }[mode]
  return [`Widths: ${unit}${each} of ${wholeName(scope, null)}; ${weight.label}.`]
}

function threadOf({ flame }: Workbench, { profile }: SessionRun): string | null {
  return partName(profile, flame.thread)
}

function sourceOf(run: SessionRun): string {
  if (run.kind === 'imported') {
    const { fileName, format } = run.source
    return `${run.name}: recorded, ${fileName} (${format}), ${samplesOf(run).toLocaleString('en-US')} samples`
  }
  return `${run.name}: ${runWords(run)}`
}

function runWords({ report: { scenario, engineVersion: version }, digest }: SimulatedRun): string {
  return `${scenarioWords(scenario)}. ${commandOf(scenario)} (engine ${version}, digest ${digest.slice(0, 16)})`
}
