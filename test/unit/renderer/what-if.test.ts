import { beforeEach, describe, expect, it, vi } from 'vitest'
import { endsOf } from '../../../engine/experiments/tornado'
import { knobIds, type TornadoBar } from '../../../engine/experiments/tornado-types'
import { defaultScenario, parseScenario, type Scenario } from '../../../engine/machine/scenario'
import { StackBuilder } from '../../../engine/profile/columns'
import type { EngineRequest, EngineEvent } from '../../../engine/protocol'
import { editWhatIf, followWhatIf, moveSlider, pinNow, resetWhatIf } from '../../../renderer/state/actions-what-if'
import { sideOf } from '../../../renderer/state/compare'
import { engine } from '../../../renderer/state/engine'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { sweepRequestOf, initialSweeps } from '../../../renderer/state/sweeps-state'
import {
  draftOfScenario, limitOf, rangeOf, setValue, valueOf, whatIfProblem, whatIfScenario, whatIfWords,
} from '../../../renderer/state/what-if-state'
import { functionsOfSide } from '../../../renderer/state/what-if-functions'
import { changeOf } from '../../../renderer/views/what-if/change-words'
import { placeOf, valueAt, widened } from '../../../renderer/views/what-if/slider-scale'
import { tornadoRows } from '../../../renderer/views/what-if/tornado-rows'
import { simulatedRun } from './fixture'

/** The engine as the window sees it: what was asked, and a way to answer. */
function listening(): { asked: Extract<EngineRequest, { type: 'experiment' }>[]; cancelled: number[]; answer(event: EngineEvent): Promise<void> } {
  const asked: Extract<EngineRequest, { type: 'experiment' }>[] = []
  const cancelled: number[] = []
  let receive: (event: { data: EngineEvent }) => void = () => undefined
  engine.attach({
    postMessage: (posted) => {
      const message = posted as EngineRequest
      if (message.type === 'experiment') asked.push(message)
      if (message.type === 'cancel') cancelled.push(message.job)
    },
    addEventListener: (_type, listener) => { receive = listener },
    start: () => undefined, close: () => undefined,
  })
  return {
    asked, cancelled,
    answer: async (event) => {
      receive({ data: event })
      await new Promise((resolve) => { setTimeout(resolve, 0) })
    },
  }
}

const scenarioAsked = (request: Extract<EngineRequest, { type: 'experiment' }>) => (request.request as { scenario: Scenario }).scenario

beforeEach(() => {
  vi.stubGlobal('window', { worldswitch: { setDirty: vi.fn(async () => undefined) } })
  useWorkbench.setState(initialWorkbench(), true)
})

describe('the scenario behind the sliders', () => {
  it('is the paper\'s own while nothing is moved, and again when everything is put back', () => {
    const draft = draftOfScenario(defaultScenario)
    const before = whatIfScenario(draft)
    expect(before).toEqual({ ...defaultScenario, bytes: 10_000_000 })
    setValue(draft, 'mhz', 500)
    setValue(draft, 'worldSwitch', 1)
    expect(whatIfScenario(draft).custom).toEqual({ name: 'what-if', mhz: 500, costs: { worldSwitch: 1 } })
    expect(whatIfWords(draft)).toBe('PC-733 optimized, send, CPU clock 500 MHz, world switch 1 cycles')
    setValue(draft, 'mhz', 733)
    setValue(draft, 'worldSwitch', 3881)
    expect(whatIfScenario(draft)).toEqual(before)
  })
  it('keeps what a run\'s own machine has that no slider shows', () => {
    const scenario = parseScenario({
      ...defaultScenario, machine: 'pc-350', direction: 'receive', whatIfs: ['pic-inlined'],
      custom: { name: 'x', linkMbps: 1000, timerHz: 200, nic: { fifoFrames: 4 }, costs: { selectCall: 9 } },
    })
    const again = whatIfScenario(draftOfScenario(scenario))
    expect(again).toEqual({ ...scenario, bytes: 10_000_000, custom: { ...scenario.custom, name: 'what-if' } })
  })
  it('says what cannot be run', () => {
    const draft = draftOfScenario(defaultScenario)
    expect(whatIfProblem(draft)).toBeNull()
    setValue(draft, 'peerDither', 600)
    expect(whatIfProblem(draft)).toContain('peerDither')
  })
})

describe('a slider', () => {
  it.each([...knobIds, 'sendSize'] as const)('%s reaches both ends of its range, its default, and nothing beyond what is allowed', (id) => {
    const limit = limitOf(id)
    const scale = rangeOf(id)
    const standard = valueOf(draftOfScenario(defaultScenario), id)
    expect(valueAt(scale, 0, limit)).toBeCloseTo(scale.low, 6)
    expect(valueAt(scale, 1, limit)).toBeCloseTo(scale.high, 6)
    expect(scale.low).toBeGreaterThanOrEqual(limit.min)
    expect(scale.high).toBeLessThanOrEqual(limit.max)
    expect(placeOf(scale, standard)).toBeGreaterThan(0)
    expect(placeOf(scale, standard)).toBeLessThan(1)
    expect(placeOf(widened(scale, limit.max), limit.max)).toBe(1)
  })
  it('gives back the value of a place', () => {
    const scale = rangeOf('mhz')
    for (const value of [100, 350, 733, 4000]) expect(valueAt(scale, placeOf(scale, value), limitOf('mhz'))).toBeCloseTo(value, 6)
  })
  it('has ends that the tornado turns it to', () => {
    expect(endsOf('worldSwitch', 3881, 'range')).toEqual([rangeOf('worldSwitch').low, rangeOf('worldSwitch').high])
  })
})

describe('following the hand', () => {
  const { report, profile, digest } = simulatedRun('x')
  const done = (job: number): EngineEvent => ({ type: 'done', job, value: { kind: 'experiment', id: 'what-if', result: { report, profile, digest } } })

  it('has one run in flight, and of all moves made meanwhile runs the newest', async () => {
    const { asked, answer } = listening()
    followWhatIf()
    for (const value of [2000, 3000, 4000]) moveSlider('worldSwitch', value)
    expect(asked).toHaveLength(1)
    expect(scenarioAsked(asked[0]!).custom).toBeUndefined()
    await answer(done(asked[0]!.job))
    expect(asked).toHaveLength(2)
    expect(scenarioAsked(asked[1]!).custom!.costs).toEqual({ worldSwitch: 4000 })
    // what is on screen still belongs to where the sliders stood then
    expect(now().whatIf.shown!.draft.costs).toEqual({})
    await answer(done(asked[1]!.job))
    expect(now().whatIf.shown!.draft.costs).toEqual({ worldSwitch: 4000 })
    expect(now().whatIf.updates).toBe(2)
    expect(asked).toHaveLength(2)
  })

  it('gives up a run that takes long when the hand has moved on, and runs where the hand is', async () => {
    const { asked, cancelled, answer } = listening()
    let time = 0
    vi.spyOn(performance, 'now').mockImplementation(() => time)
    followWhatIf()
    time = 1500
    moveSlider('mhz', 500)
    moveSlider('mhz', 600)
    expect(cancelled).toEqual([asked[0]!.job])
    await answer({ type: 'cancelled', job: asked[0]!.job })
    expect(scenarioAsked(asked[1]!).custom!.mhz).toBe(600)
    expect(now().whatIf.failed).toBe(false)
    await answer(done(asked[1]!.job))
    vi.restoreAllMocks()
  })

  it('runs nothing that cannot be run, and keeps the picture', async () => {
    const { asked, answer } = listening()
    followWhatIf()
    await answer(done(asked[0]!.job))
    pinNow()
    moveSlider('peerDither', 600)
    expect(asked).toHaveLength(1)
    expect(now().whatIf.shown).not.toBeNull()
    resetWhatIf()
    expect(asked).toHaveLength(1)
    expect(now().whatIf.baseline!.name).toBe('PC-733 optimized, send')
  })

  it('stops after a failure until something is moved, instead of failing again and again', async () => {
    const { asked, answer } = listening()
    followWhatIf()
    await answer({ type: 'failed', job: asked[0]!.job, error: { what: 'out of luck' } })
    expect(asked).toHaveLength(1)
    expect(now().whatIf.failed).toBe(true)
    expect(now().notices.map(({ error }) => error.what)).toEqual(['out of luck'])
    editWhatIf((draft) => { draft.direction = 'receive' })
    expect(asked).toHaveLength(2)
    await answer(done(asked[1]!.job))
    expect(now().whatIf.failed).toBe(false)
  })
})

describe('the functions beside the icicle', () => {
  it('are all there, also two of one name', () => {
    const builder = new StackBuilder()
    const stacks = ['guest kernel', 'host kernel'].map((module) => builder.stackId(-1, builder.frameId('timer_interrupt', module), 0))
    const run = { ...simulatedRun('x'), profile: {
      ...simulatedRun('x').profile, ...builder.tables(),
      samples: { stack: Int32Array.from(stacks), weights: [Float64Array.of(3, 1), Float64Array.of(30, 10)] },
    } }
    const found = [...functionsOfSide(sideOf(run, 'total', 1, 'share')).values()]
    expect(found).toEqual([
      { name: 'timer_interrupt', module: 'guest kernel', self: 75, total: 75 },
      { name: 'timer_interrupt', module: 'host kernel', self: 25, total: 25 },
    ])
  })
})

describe('a tornado\'s rows', () => {
  const mean = (value: number, half: number | null) => ({
    n: 3, mean: value, sd: 1, ci95: half === null ? null : [value - half, value + half] as [number, number], evidence: 'made up',
  })
  const bar = (knob: TornadoBar['knob'], low: number, high: number, half: number | null): TornadoBar => {
    const effects = (value: number) => ({ throughputMbps: mean(value, half), microsecondsAPacket: mean(0, null), idlePercent: null })
    return { knob, value: 1, low: { value: 0.5, effects: effects(low) }, high: { value: 2, effects: effects(high) } }
  }
  it('come by their swing, which one side alone may have', () => {
    const rows = tornadoRows([bar('mhz', -1, 1, 0.1), bar('ioTrap', 0, -5, 0.1), bar('picAccess', 3, 4, 0.1)], 'throughputMbps')
    expect(rows.map((row) => [row.bar.knob, row.swing])).toEqual([['ioTrap', 5], ['picAccess', 4], ['mhz', 2]])
  })
  it('have evidence only where the interval leaves zero out', () => {
    const [row] = tornadoRows([bar('mhz', -1, 3, 2)], 'throughputMbps')
    expect([row!.low!.evidence, row!.high!.evidence]).toEqual([false, true])
    expect(tornadoRows([bar('mhz', -1, 0, null)], 'throughputMbps')[0]).toMatchObject({ low: { evidence: true }, high: { evidence: false } })
    expect(tornadoRows([bar('mhz', -1, 3, 2)], 'idlePercent')[0]).toMatchObject({ low: null, high: null, swing: 0 })
  })
})

describe('a change in words', () => {
  it('says more or less, and faster or slower where that is known', () => {
    expect(changeOf(94, 90.5, 'Mb/s', 1, 'up')).toEqual({ arrow: '▲', words: '3.5 Mb/s more, faster', verdict: 'faster' })
    expect(changeOf(94, 90.5, 'µs', 1, 'down')).toEqual({ arrow: '▲', words: '3.5 µs more, slower', verdict: 'slower' })
    expect(changeOf(20, 21, '', 1, null)).toEqual({ arrow: '▼', words: '1.0 less', verdict: 'neutral' })
    expect(changeOf(20.01, 20, 'points', 1, null)).toEqual({ arrow: '=', words: 'as before', verdict: 'neutral' })
  })
})

describe('what a sweep asks for', () => {
  const form = initialSweeps().forms.throughput
  it('is every size with every seed', () => {
    const asked = sweepRequestOf({ ...form, sizes: '1 KB, 4096', seeds: '3', bytes: '2 MB' }, null)
    expect(asked).toEqual({
      request: { machine: 'pc-733', configurations: ['native', '2.0', 'optimized'], sizes: [1000, 4096], seeds: [1, 2, 3], bytes: 2_000_000 },
    })
  })
  it.each<[Partial<typeof form>, string, RegExp]>([
    [{ sizes: '' }, 'sizes', /at least one send size/], [{ sizes: '4096, 4096' }, 'sizes', /differ/], [{ sizes: '4096, 0' }, 'sizes', /send size 0/],
    [{ seeds: '' }, 'seeds', /1 to 30/], [{ seeds: '31' }, 'seeds', /1 to 30/], [{ bytes: 'many' }, 'bytes', /not 'many'/],
    [{ configurations: [] }, 'configurations', /at least one/],
  ])('is refused at its field: %j', (change, field, words) => {
    const asked = sweepRequestOf({ ...form, ...change }, null)
    expect('problems' in asked && asked.problems[field as keyof typeof form]).toMatch(words)
  })
})
