import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TimelineResult } from '../../../engine/experiments/recording/types'
import { pairOf as chosenPair } from '../../../engine/report/comparison'
import { newDocument, openDropped } from '../../../renderer/state/actions-documents'
import { goToPlace } from '../../../renderer/state/actions-notes'
import { runSweep } from '../../../renderer/state/actions-sweeps'
import { addRun, deleteRun, runPresets } from '../../../renderer/state/actions-runs'
import { applyRange, openTimeline } from '../../../renderer/state/actions-timeline'
import { setCompare, setThread } from '../../../renderer/state/actions-view'
import { pairOf } from '../../../renderer/state/compare'
import { runOf } from '../../../renderer/state/derived'
import { engine } from '../../../renderer/state/engine'
import { undo } from '../../../renderer/state/history'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { FakePort } from './fake-port'
import { importedRun, simulatedProfile, simulatedRun } from './fixture'

const api = {
  setDirty: vi.fn(async () => undefined), opened: vi.fn(async () => undefined), mayReplace: vi.fn(async () => true),
  adopted: vi.fn(async () => undefined), dropped: vi.fn(async () => 'no path'),
}
let port: FakePort

beforeEach(() => {
  vi.clearAllMocks()
  vi.stubGlobal('window', { worldswitch: api })
  useWorkbench.setState(initialWorkbench(), true)
  port = new FakePort()
  engine.attach(port)
})

const whole = (runCycles: number) => ({ mhz: 733, runCycles, fromCycles: 0, toCycles: runCycles } as unknown as TimelineResult)
const simulated = (id: string) => {
  const run = runOf(now(), id)
  if (run?.kind !== 'simulated') throw new Error(`no simulated run ${id}`)
  return run
}
const timelineDone = (job: number, runCycles: number) =>
  port.emit({ type: 'done', job, value: { kind: 'experiment', id: 'timeline', result: whole(runCycles) } })

describe('what comes back late', () => {
  it('of a profile that was being read does not get into the session that is new by then', async () => {
    const dropped = openDropped([new File(['swapper 0 [000] 1.0: 1 cycles:'], 'a.txt')])
    await vi.waitFor(() => expect(port.last('import')).toBeDefined())
    const { job } = port.last('import')
    newDocument()
    await port.emit({ type: 'done', job, value: { kind: 'import', run: importedRun('late') } })
    await dropped
    expect(now().document.runs).toEqual([])
    expect(now().document.view.tab).toBe(initialWorkbench().document.view.tab)
    expect(now().dirty).toBe(false)
  })

  it('of the two presets does not compare a run with itself when the first was deleted meanwhile', async () => {
    const presets = runPresets()
    await port.emit({ type: 'done', job: port.last('run').job, value: { kind: 'run', run: simulatedRun('x') } })
    deleteRun(now().document.runs[0]!.id)
    await port.emit({ type: 'done', job: port.last('run').job, value: { kind: 'run', run: simulatedRun('y') } })
    expect(await presets).toBe(false)
    expect(now().document.runs).toHaveLength(1)
    expect(pairOf(now())).toBeNull()
  })

  it('of a timeline that was given up does not say that the one under way has failed', async () => {
    const [a, b] = [addRun(simulatedRun('x')), addRun({ ...simulatedRun('y'), digest: '1'.repeat(64) })]
    void openTimeline(simulated(a))
    void openTimeline(simulated(b))
    void openTimeline(simulated(a))
    const [first, second, third] = port.experiments('timeline')
    await port.emit({ type: 'cancelled', job: first!.job })
    await port.emit({ type: 'cancelled', job: second!.job })
    expect(now().timeline.status).toBe('busy')
    await timelineDone(third!.job, 5000)
    expect(now().timeline).toMatchObject({ status: 'idle', whole: { runCycles: 5000 } })
  })

  it('of a range is not shown of another run that has the id by then', async () => {
    const a = addRun(simulatedRun('x'))
    void applyRange(simulated(a), { from: 0, to: 100 })
    deleteRun(a)
    const b = addRun(simulatedRun('y', { seed: 9 }))
    expect(b).toBe(a)
    void applyRange(simulated(b), { from: 0, to: 100 })
    const [first, second] = port.experiments('range')
    const answer = (job: number, samples: number) => port.emit({ type: 'done', job, value: {
      kind: 'experiment', id: 'range', result: { profile: simulatedProfile(), samples, table: [], fromCycles: 0, toCycles: 100 },
    } } as never)
    await answer(first!.job, 1)
    expect(now().range?.part).toBeNull()
    await answer(second!.job, 2)
    expect(now().range?.part?.samples).toBe(2)
  })

  it('of a sweep is not shown as the new session\'s', async () => {
    void runSweep('throughput')
    const { job } = port.experiments('sweep')[0]!
    newDocument()
    expect(port.last('cancel')).toEqual({ type: 'cancel', job })
    await port.emit({ type: 'cancelled', job })
    expect(now().sweeps.running).toBeNull()
    expect(now().document.sweeps).toBeUndefined()
  })
})

describe('a pair of which a file names a run that is not there', () => {
  it('is not one run compared with itself, in the window and in the report', () => {
    const [a, b] = [addRun(simulatedRun('x')), addRun(simulatedRun('y'))]
    setCompare('gone', a)
    expect([pairOf(now())?.a.id, pairOf(now())?.b.id]).toEqual([b, a])
    expect(chosenPair(now().document)?.map(({ id }) => id)).toEqual([b, a])
  })
})

describe('a thread that was chosen of one profile', () => {
  it('is not taken for another\'s when a note or an undo shows that', () => {
    const a = addRun(importedRun('a'))
    const b = addRun(importedRun('b'))
    setThread(3)
    goToPlace({ kind: 'run', run: a })
    expect(now().document.view.selectedRun).toBe(a)
    expect(now().flame.thread).toBeNull()
    addRun(importedRun('c'))
    setThread(2)
    undo()
    expect([a, b]).toContain(now().document.view.selectedRun)
    expect(now().flame.thread).toBeNull()
  })
})
