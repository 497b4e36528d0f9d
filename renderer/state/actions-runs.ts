import type { Scenario } from '../../engine/machine/scenario'
import { defaultScenario, optimizationsOfPreset, scenarioName } from '../../engine/machine/scenario'
import { plainErrorOf } from '../../engine/plain-error'
import type { ImportSource } from '../../engine/protocol'
import type { SessionRun } from '../../engine/session/document'
import { visibleName } from '../../engine/visible-name'
import { tryJob } from './engine'
import type { JobHelp } from './engine-client'
import { choiceOf } from './flame-shown'
import { notify } from './notices'
import { draftOf, scenarioOf } from './scenario-draft'
import { sealed } from './sealed'
import { change, now, type Workbench } from './store'
import { trees } from './trees'
import { resetFlame } from './actions-view'
import { edit } from './history'

/**
 * Adds a run under a free id and name, selects it, and answers its id. Several that belong together are one step of
 * undo when they come with the same `as`.
 */
export function addRun(run: SessionRun, as: { words: string; merge: string } | null = null): string {
  const { runs } = now().document
  const id = freeName(runs.map((one) => one.id), `run-${runs.length + 1}`, '-')
  const name = freeName(runs.map((one) => one.name), run.name, ' ')
  const added = { ...run, id, name, profile: sealed(run.profile) }
  edit(as?.words ?? `add ${name}`, (document) => { document.runs.push(added) }, as?.merge)
  change((state) => selectIn(state, id))
  return id
}

function freeName(taken: string[], wanted: string, join: string): string {
  if (!taken.includes(wanted)) return wanted
  let n = 2
  while (taken.includes(`${wanted}${join}${n}`)) n++
  return `${wanted}${join}${n}`
}

function selectIn(state: Workbench, id: string): void {
  state.document.view.selectedRun = id
  state.selection = { kind: 'run', run: id }
  resetFlame(state)
}

export function selectRun(id: string): void {
  change((state) => selectIn(state, id))
}

export function renameRun(id: string, name: string): void {
  const wanted = visibleName(name.trim())
  if (wanted === '') return
  edit(`rename to ${wanted}`, ({ runs }) => {
    const run = runs.find((one) => one.id === id)
    if (run) run.name = wanted
  })
}

export function deleteRun(id: string): void {
  const { runs, view } = now().document
  const index = runs.findIndex((run) => run.id === id)
  const run = runs[index]
  if (!run) return
  const selected = view.selectedRun === id
  const notes = now().document.pins?.filter((pin) => pin.at.run === id).length ?? 0
  const words = `delete ${run.name}${notes === 0 ? '' : notes === 1 ? ' and the note on it' : ` and ${notes} notes on it`}`
  edit(words, (document) => {
    document.runs.splice(index, 1)
    // the id may be given again: what was said of this run must not be read as said of another
    if (document.pins) document.pins = document.pins.filter((pin) => pin.at.run !== id)
  })
  change((state) => {
    state.shell.said = { way: 'done', words }
    if (!selected) return
    const next = state.document.runs[Math.min(index, state.document.runs.length - 1)]
    if (next) selectIn(state, next.id)
    else state.document.view.selectedRun = null
  })
}

/** Runs what the editor holds. Nothing happens to the session until it is done. */
export async function runDraft(): Promise<void> {
  let scenario: Scenario
  try {
    scenario = scenarioOf(now().scenario)
  } catch (thrown) {
    notify(plainErrorOf(thrown))
    return
  }
  if ((await runScenario(scenario)) !== null && now().document.view.tab === 'compare') {
    change((state) => { state.document.view.tab = 'table' })
  }
}

/** Answers the new run's id, or null when it was cancelled or failed, or its session is no longer the open one. */
export async function runScenario(scenario: Scenario): Promise<string | null> {
  const { session } = now()
  const value = await tryJob('run', scenarioName(scenario), { type: 'run', scenario }, 'run')
  return value && now().session === session ? addRun(value.run) : null
}

const papersTransfer = 100_000_000

/**
 * What the window opens with: the paper's transfer of 100 MB before and after its optimizations, compared. True when
 * both were run and nothing else of the session was changed in the meantime.
 */
export async function runPresets(bytes = papersTransfer): Promise<boolean> {
  const { revision } = now()
  const ids: string[] = []
  for (const preset of ['2.0', 'optimized'] as const) {
    const scenario: Scenario = { ...defaultScenario, optimizations: optimizationsOfPreset(preset), bytes }
    const id = await runScenario(scenario)
    if (id === null) return false
    ids.push(id)
  }
  compareAdded(ids[0]!, ids[1]!)
  return now().revision === revision + ids.length
}

/** Compares two runs that were added one after the other, unless the first has been deleted since. */
export function compareAdded(a: string, b: string): void {
  // the id of a deleted run is given again
  if (a === b || !now().document.runs.some((run) => run.id === a)) return
  change((state) => {
    state.document.view.compare = { a, b }
    state.document.view.tab = 'compare'
  })
}

/** Puts a run's scenario back into the editor. */
export function editScenario(id: string): void {
  change((state) => {
    const run = state.document.runs.find((one) => one.id === id)
    if (run?.kind === 'simulated') state.scenario = draftOf(run.report.scenario)
  })
}

/** Answers the new run's id; `help` has the pieces of a file that is no file of the disk. */
export async function importProfile(fileName: string, source: ImportSource, help?: JobHelp): Promise<string | null> {
  const { session } = now()
  const value = await tryJob('import', `Reading ${visibleName(fileName)}`, { type: 'import', fileName, source }, 'import', help)
  // a new session was begun while it was read
  if (!value || now().session !== session) return null
  const run = { ...value.run, profile: sealed(value.run.profile) }
  const { defaultWeight: weight } = run.profile
  // of a large one the thread makes the flame while the page is still busy with the rest; what went wrong the view says
  void trees.later('flame', [run.profile], choiceOf(run, { ...now().document.view, weight, scope: 'total' }, null)).catch(() => undefined)
  const id = addRun(run)
  change((state) => {
    state.document.view.tab = 'flame'
    state.document.view.weight = weight
    state.document.view.scope = 'total'
    // what was searched for in another profile would show this one as nothing but grey
    state.flame.search = ''
  })
  return id
}
