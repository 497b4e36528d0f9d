import { limits, scenarioName, type Scenario } from '../../engine/machine/scenario'
import { runColourIds, type RunColour, type SessionRun, type SimulatedRun } from '../../engine/session/document'
import { addRun, selectRun } from './actions-runs'
import { setCompare, setTab } from './actions-view'
import { runOf } from './derived'
import { tryJob } from './engine'
import { edit } from './history'
import { change, now } from './store'

/** What can be done with a run of the list besides what actions-runs.ts has. */

export function colourOf(run: SessionRun): RunColour | null {
  return runColourIds.find((id) => id === run.colour) ?? null
}

export function colourRun(id: string, colour: RunColour | null): void {
  const run = runOf(now(), id)
  if (!run) return
  edit(`colour ${run.name}`, ({ runs }) => {
    const found = runs.find((one) => one.id === id)
    if (!found) return
    if (colour === null) delete found.colour
    else found.colour = colour
  })
}

/** Puts a run at another place of the list; `to` counts without it. */
export function moveRunTo(id: string, to: number): void {
  const { runs } = now().document
  const from = runs.findIndex((run) => run.id === id)
  const place = Math.min(runs.length - 1, Math.max(0, to))
  if (from < 0 || place === from) return
  edit(`move ${runs[from]!.name}`, (document) => {
    const [run] = document.runs.splice(from, 1)
    document.runs.splice(place, 0, run!)
  }, `move ${id}`)
}

export function moveRun(id: string, step: number): void {
  const from = now().document.runs.findIndex((run) => run.id === id)
  if (from >= 0 && from + step >= 0) moveRunTo(id, from + step)
}

/** Selects the run before or after the selected one, as far as there is one. */
export function walkRuns(step: number): void {
  const { runs, view } = now().document
  const at = runs.findIndex((run) => run.id === view.selectedRun)
  const next = runs[Math.min(runs.length - 1, Math.max(0, at + step))]
  if (next) selectRun(next.id)
}

export function compareRuns(a: string, b: string): void {
  if (a === b) return
  setCompare(a, b)
  setTab('compare')
}

export function setRenaming(id: string | null): void {
  change((state) => { state.shell.renaming = id })
}

/** Runs a simulated run's scenario again with as many seeds that no run of the same scenario has. One step of undo. */
export async function runOtherSeeds(id: string, count: number): Promise<void> {
  const run = runOf(now(), id)
  if (run?.kind !== 'simulated') return
  const { session } = now()
  const { scenario } = run.report
  const words = count === 1 ? `run ${scenarioName(scenario)} with another seed`
    : `run ${scenarioName(scenario)} with ${count} other seeds`
  const merge = `seeds ${id} ${now().revision}`
  for (const seed of freeSeeds(scenario, count)) {
    const title = `${scenarioName(scenario)}, seed ${seed}`
    const value = await tryJob('run', title, { type: 'run', scenario: { ...scenario, seed } }, 'run')
    // cancelled, failed, or for a session that is no longer open
    if (!value || now().session !== session) return
    addRun({ ...value.run, name: `${scenarioName(scenario)} seed ${seed}` }, { words, merge })
  }
}

/** The next seeds above the scenario's own that no run of the session has taken, around the end to 0. */
export function freeSeeds(scenario: Scenario, count: number): number[] {
  const same = (other: Scenario) => JSON.stringify({ ...other, seed: 0 }) === JSON.stringify({ ...scenario, seed: 0 })
  const taken = new Set(now().document.runs
    .filter((run): run is SimulatedRun => run.kind === 'simulated')
    .filter(({ report }) => same(report.scenario)).map(({ report }) => report.scenario.seed))
  taken.add(scenario.seed)
  const free: number[] = []
  for (let seed = scenario.seed; free.length < count;) {
    seed = seed >= limits.seed.max ? limits.seed.min : seed + 1
    if (!taken.has(seed)) free.push(seed)
  }
  return free
}
