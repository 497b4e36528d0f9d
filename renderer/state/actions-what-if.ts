import { figureIds, type FigureId } from '../../engine/experiments/run-figures'
import { knobIds, type Swing, type TornadoBar } from '../../engine/experiments/tornado-types'
import { defaultScenario, scenarioName } from '../../engine/machine/scenario'
import type { SimulatedRun } from '../../engine/session/document'
import { addRun } from './actions-runs'
import { startExperiment, type StartedExperiment } from './experiments'
import { sealed } from './sealed'
import { change, now } from './store'
import {
  draftOfScenario, sameDraft, setValue, sliderGroups, whatIfProblem, whatIfScenario, whatIfWords, type SliderId, type WhatIfDraft, type WhatIfState,
} from './what-if-state'

/** A run that takes longer than this is given up when the hand has moved on. */
const patienceMilliseconds = 1000

let inFlight: { draft: WhatIfDraft; since: number; givenUp: boolean; work: StartedExperiment<'what-if'> } | null = null

/** Changes the sliders and switches; the picture follows. */
export function editWhatIf(recipe: (draft: WhatIfDraft) => void): void {
  change((state) => {
    recipe(state.whatIf.draft)
    state.whatIf.failed = false
  })
  followWhatIf()
}

export function moveSlider(id: SliderId, value: number): void {
  editWhatIf((draft) => setValue(draft, id, value))
}

export function resetWhatIf(): void {
  change((state) => { state.whatIf.draft = draftOfScenario(defaultScenario) })
  retryWhatIf()
}

/** The newest draft wins, with one run in flight: what was passed over on the way there is never run. */
export function followWhatIf(): void {
  const { draft, shown, failed } = now().whatIf
  if (inFlight) {
    const late = performance.now() - inFlight.since > patienceMilliseconds
    if (late && !inFlight.givenUp && !sameDraft(inFlight.draft, draft)) {
      inFlight.givenUp = true
      inFlight.work.cancel()
    }
    return
  }
  if (failed || whatIfProblem(draft) !== null || (shown && sameDraft(shown.draft, draft))) return
  const work = startExperiment('what-if', { scenario: whatIfScenario(draft) }, { title: 'What-if', shown: false })
  inFlight = { draft, since: performance.now(), givenUp: false, work }
  void work.result.then((result) => {
    const givenUp = inFlight?.givenUp ?? false
    inFlight = null
    change((state) => {
      if (result) {
        const { report, digest } = result
        const run: SimulatedRun = { kind: 'simulated', id: 'what-if', name: scenarioName(report.scenario), report, digest, profile: sealed(result.profile) }
        state.whatIf.shown = { run, draft }
        state.whatIf.updates++
      } else if (!givenUp) state.whatIf.failed = true
    })
    followWhatIf()
  })
}

export function retryWhatIf(): void {
  editWhatIf(() => undefined)
}

export function setWhatIfView<Key extends 'mode' | 'weight' | 'below'>(key: Key, value: WhatIfState[Key]): void {
  change((state) => { state.whatIf[key] = value })
}

/** Pins what is shown now. */
export function pinNow(): void {
  change(({ whatIf }) => {
    if (whatIf.shown) whatIf.baseline = { name: whatIfWords(whatIf.shown.draft), run: whatIf.shown.run }
  })
}

export function pinRun(run: SimulatedRun): void {
  change((state) => { state.whatIf.baseline = { name: run.name, run } })
}

export function unpin(): void {
  change((state) => { state.whatIf.baseline = null })
}

/** Puts the sliders and switches where a run has them. */
export function startFromRun(run: SimulatedRun): void {
  change((state) => { state.whatIf.draft = draftOfScenario(run.report.scenario) })
  retryWhatIf()
}

/** Shows a slider and gives it the focus. */
export function pointAtSlider(id: SliderId): void {
  const group = sliderGroups.find(({ sliders }) => sliders.includes(id))?.id
  change(({ whatIf }) => {
    whatIf.pointed = id
    if (group && !whatIf.opened.includes(group)) whatIf.opened.push(group)
  })
}

/** The slider that was asked for has the focus. */
export function pointedAnswered(): void {
  change((state) => { state.whatIf.pointed = null })
}

export function toggleGroup(id: string): void {
  change(({ whatIf }) => {
    whatIf.opened = whatIf.opened.includes(id) ? whatIf.opened.filter((one) => one !== id) : [...whatIf.opened, id]
  })
}

/** Adds what is shown to the session. */
export function keepAsRun(): void {
  const { shown } = now().whatIf
  if (shown) addRun(shown.run)
}

let tornado: StartedExperiment<'tornado'> | null = null

/** The three seeds are enough for an interval, and end within some ten seconds. */
const tornadoSeeds = [1, 2, 3]

export function setTornadoFigure(figure: FigureId): void {
  if (figureIds.includes(figure)) change((state) => { state.whatIf.tornado.figure = figure })
}

export function setSwing(swing: Swing): void {
  change((state) => { state.whatIf.tornado.swing = swing })
}

/** Turns every entry of what the sliders say to both ends, in the background; one at a time. */
export async function runTornado(): Promise<void> {
  const { draft, tornado: { swing } } = now().whatIf
  if (tornado || whatIfProblem(draft) !== null) return
  const request = { scenario: { ...whatIfScenario(draft), samplerHz: 0 }, swing, knobs: [...knobIds], seeds: tornadoSeeds }
  change((state) => { state.whatIf.tornado.running = { request, bars: [] } })
  tornado = startExperiment('tornado', request, {
    title: 'Which entries matter most', shown: true,
    onPartial: (bar: TornadoBar) => change((state) => { state.whatIf.tornado.running?.bars.push(bar) }),
  })
  const result = await tornado.result
  tornado = null
  change((state) => {
    state.whatIf.tornado.running = null
    // cancelled: a part of the entries would not say which of all matter most
    if (result) state.whatIf.tornado.result = result
  })
}

export function cancelTornado(): void {
  tornado?.cancel()
}
