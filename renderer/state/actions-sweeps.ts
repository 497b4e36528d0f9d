import { type Sweep, type SweepCell, type SweepKind, sweepScenario } from '../../engine/experiments/sweep-types'
import { defaultScenario } from '../../engine/machine/scenario'
import { runScenario } from './actions-runs'
import { startExperiment, type StartedExperiment } from './experiments'
import { edit } from './history'
import { change, now } from './store'
import { sweepRequestOf, type SweepForm } from './sweeps-state'

let running: StartedExperiment<'sweep'> | null = null

export function showSweep(kind: SweepKind): void {
  change((state) => { state.sweeps.shown = kind })
}

export function editSweep(kind: SweepKind, recipe: (form: SweepForm) => void): void {
  change((state) => recipe(state.sweeps.forms[kind]))
}

/** Runs what the form asks for; the session keeps what came out, also of a sweep that was cancelled half way. */
export async function runSweep(kind: SweepKind): Promise<void> {
  const { sweeps, scenario, session } = now()
  const asked = sweepRequestOf(sweeps.forms[kind], scenario.custom)
  if (sweeps.running || 'problems' in asked) return
  const { request } = asked
  const total = request.configurations.length * request.sizes.length
  const sweep: Sweep = { request, cells: [] }
  change((state) => { state.sweeps.running = { kind, sweep, total } })
  const cells: SweepCell[] = []
  running = startExperiment('sweep', request, {
    title: kind === 'throughput' ? 'Throughput against data size' : 'Idle by configuration', shown: true,
    onPartial: (cell) => {
      // nobody could look at it any more
      if (now().session !== session) return cancelSweep()
      cells.push(cell)
      change((state) => { state.sweeps.running?.sweep.cells.push(cell) })
    },
  })
  const result = await running.result
  running = null
  change((state) => { state.sweeps.running = null })
  const kept = result ?? { request, cells }
  if (now().session !== session || kept.cells.length === 0) return
  const words = kind === 'throughput' ? 'sweep of send sizes' : 'sweep of configurations'
  edit(words, (document) => { document.sweeps = { ...document.sweeps, [kind]: kept } })
}

export function cancelSweep(): void {
  running?.cancel()
}

/** Runs the scenario of a point with its first seed and both profilers, adds it to the session and shows its rows. */
export async function openPoint({ request }: Pick<Sweep, 'request'>, { configuration, sendSize }: SweepCell): Promise<void> {
  const id = await runScenario(sweepScenario(request, configuration, sendSize, request.seeds[0] ?? 1, defaultScenario.samplerHz))
  if (id !== null) change((state) => { state.document.view.tab = configuration === 'native' ? 'flame' : 'table' })
}
