import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineRequest } from '../../../engine/protocol'
import type { KeptResult } from '../../../engine/window-api'
import { addRun, renameRun } from '../../../renderer/state/actions-runs'
import { engine } from '../../../renderer/state/engine'
import { RecoveryKeeper } from '../../../renderer/state/recovery'
import { change, initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { FakePort } from './fake-port'
import { simulatedRun } from './fixture'

const fine: KeptResult = { missing: [], error: null }
const keepCopy = vi.fn<(manifest: string, profiles: string[]) => Promise<KeptResult>>()
const keepProfile = vi.fn<(sha256: string, bytes: Uint8Array) => Promise<KeptResult>>()
const [digestA, digestB] = ['a'.repeat(64), 'b'.repeat(64)]
let port: FakePort
let unsubscribe: () => void

beforeEach(() => {
  vi.useFakeTimers()
  keepCopy.mockReset().mockResolvedValue(fine)
  keepProfile.mockReset().mockResolvedValue(fine)
  vi.stubGlobal('window', { worldswitch: { setDirty: async () => undefined } })
  useWorkbench.setState(initialWorkbench(), true)
  port = new FakePort()
  engine.attach(port)
  const keeper = new RecoveryKeeper({ keepCopy, keepProfile })
  unsubscribe = useWorkbench.subscribe(() => keeper.notice())
})
afterEach(() => {
  unsubscribe()
  vi.useRealTimers()
})

const asked = () => port.sent.filter((one) => one.type === 'encode-profile') as Extract<EngineRequest, { type: 'encode-profile' }>[]
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)
async function encoded(index: number, sha256: string) {
  const answer = port.emit({ type: 'done', job: asked()[index]!.job, value: { kind: 'profile-bytes', sha256, bytes: Uint8Array.of(index) } })
  await seconds(0)
  await answer
}
const lastCopy = () => {
  const [manifest, profiles] = keepCopy.mock.calls.at(-1)!
  return { manifest: JSON.parse(manifest) as { notes: string; runs: { id: string; name: string; profile: unknown }[] }, profiles }
}

describe('copies of unsaved work', () => {
  it('are there within 5 s of a change, each profile encoded and handed over once', async () => {
    const id = addRun(simulatedRun('x'))
    await encoded(0, digestA)
    await seconds(2)
    expect(keepProfile.mock.calls).toEqual([[digestA, Uint8Array.of(0)]])
    expect(lastCopy().profiles).toEqual([digestA])
    expect(lastCopy().manifest.runs[0]).toMatchObject({ id, profile: { sha256: digestA, bytes: 1, path: `profiles/${id}.pb.gz` } })
    renameRun(id, 'mine')
    await seconds(2)
    expect(lastCopy().manifest.runs[0]!.name).toBe('mine')
    expect(keepCopy).toHaveBeenCalledTimes(2)
    expect(asked()).toHaveLength(1)
    // nothing changed: nothing is kept again
    change((state) => { state.dialog = 'about' })
    await seconds(10)
    expect(keepCopy).toHaveBeenCalledTimes(2)
  })

  it('come without a run whose profile takes longer, and with it as soon as it is there', async () => {
    addRun(simulatedRun('x'))
    change((state) => { state.document.notes = 'a thought' })
    await seconds(3)
    expect(lastCopy()).toMatchObject({ manifest: { notes: 'a thought', runs: [] }, profiles: [] })
    await encoded(0, digestA)
    await seconds(2)
    expect(lastCopy().profiles).toEqual([digestA])
  })

  it('are one for many changes, never later than those of steady typing', async () => {
    for (let i = 0; i < 40; i++) {
      change((state) => {
        state.dirty = true
        state.revision++
        state.document.notes += 'x'
      })
      await seconds(0.25)
    }
    expect(keepCopy.mock.calls.length).toBeGreaterThanOrEqual(4)
    expect(keepCopy.mock.calls.length).toBeLessThanOrEqual(6)
  })

  it('are not made of what is saved', async () => {
    addRun(simulatedRun('x'))
    change((state) => { state.dirty = false })
    await seconds(10)
    expect(keepCopy).not.toHaveBeenCalled()
  })

  it('hand over again what the main process does not have', async () => {
    addRun(simulatedRun('x'))
    await encoded(0, digestA)
    keepCopy.mockResolvedValueOnce({ missing: [digestA], error: null })
    await seconds(2)
    expect(asked()).toHaveLength(2)
    await encoded(1, digestA)
    await seconds(2)
    expect(keepCopy).toHaveBeenCalledTimes(2)
    expect(lastCopy().profiles).toEqual([digestA])
  })

  it('say once that they cannot be written, and go on trying', async () => {
    const error = { what: 'The disk is full.' }
    keepCopy.mockResolvedValue({ missing: [], error })
    addRun(simulatedRun('x'))
    await encoded(0, digestA)
    await seconds(9)
    expect(keepCopy.mock.calls.length).toBeGreaterThan(2)
    expect(now().notices.map((one) => [one.severity, one.error])).toEqual([['warning', error]])
    keepCopy.mockResolvedValue(fine)
    await seconds(2)
    const calls = keepCopy.mock.calls.length
    await seconds(10)
    expect(keepCopy).toHaveBeenCalledTimes(calls)
  })

  it('do not try a profile for ever with which the engine dies', async () => {
    addRun(simulatedRun('x'))
    for (let death = 0; death < 4; death++) {
      engine.down('it died', false)
      engine.attach(port)
      change((state) => {
        state.revision++
        state.document.notes += 'x'
      })
      await seconds(3)
    }
    expect(asked()).toHaveLength(2)
    addRun(simulatedRun('y'))
    await encoded(2, digestB)
    await seconds(2)
    expect(lastCopy().profiles).toEqual([digestB])
  })
})
