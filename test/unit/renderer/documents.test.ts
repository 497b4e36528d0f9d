import { beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyView, type SessionDocument } from '../../../engine/session/document'
import { newDocument, openDropped, openFile, save } from '../../../renderer/state/actions-documents'
import { addRun, deleteRun, renameRun, runDraft, runPresets } from '../../../renderer/state/actions-runs'
import { setCompare } from '../../../renderer/state/actions-view'
import { engine } from '../../../renderer/state/engine'
import { undo } from '../../../renderer/state/history'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { FakePort } from './fake-port'
import { importedRun, simulatedRun } from './fixture'

const api = {
  setDirty: vi.fn(async () => undefined), save: vi.fn(async () => ({ saved: true, fileName: 'x.wsprof' })),
  saveFailed: vi.fn(async () => undefined), opened: vi.fn(async () => undefined),
  mayReplace: vi.fn(async () => true), adopted: vi.fn(async () => undefined), dropped: vi.fn(async () => 'no path'),
}
let port: FakePort

beforeEach(() => {
  vi.clearAllMocks()
  vi.stubGlobal('window', { worldswitch: api })
  useWorkbench.setState(initialWorkbench(), true)
  port = new FakePort()
  engine.attach(port)
})

const done = (job: number) => port.emit({ type: 'done', job, value: { kind: 'run', run: simulatedRun('from-engine') } })
const session: SessionDocument = { notes: '', runs: [simulatedRun('kept')], view: { ...emptyView, selectedRun: 'gone' } }

describe('runs of the session', () => {
  it('get ids and names of their own, and are selected', () => {
    const [a, b] = [addRun(simulatedRun('x')), addRun(simulatedRun('x'))]
    expect(a).not.toBe(b)
    expect(now().document.runs.map((run) => run.name)).toEqual(['VM/PC-733 optimized', 'VM/PC-733 optimized 2'])
    expect(now().document.view.selectedRun).toBe(b)
    expect(now().dirty).toBe(true)
    expect(api.setDirty).toHaveBeenCalledTimes(1)
  })

  it('leave nothing that points at them when they are deleted', () => {
    const [a, b] = [addRun(simulatedRun('x')), addRun(simulatedRun('y'))]
    setCompare(a, b)
    deleteRun(b)
    expect(now().document.view).toMatchObject({ selectedRun: a, compare: null })
    // what the list shows as selected is what the status bar says and the inspector shows
    expect(now().selection).toEqual({ kind: 'run', run: a })
    renameRun(a, '  ')
    expect(now().document.runs[0]!.name).toBe('VM/PC-733 optimized')
  })
})

describe('a session that replaces another', () => {
  it('does not get the run that the other had asked for', async () => {
    void runDraft()
    const { job } = port.last('run')
    newDocument()
    expect(port.last('cancel')).toEqual({ type: 'cancel', job })
    await done(job)
    expect(now().document.runs).toEqual([])
    expect(now().dirty).toBe(false)
  })

  it('ends a first start\'s presets between the two', async () => {
    const presets = runPresets()
    await done(port.last('run').job)
    newDocument()
    await port.emit({ type: 'cancelled', job: port.last('run').job })
    await presets
    expect(port.sent.filter((one) => one.type === 'run')).toHaveLength(2)
    expect(now().document.runs).toEqual([])
    expect(now().notices).toEqual([])
  })

  it('counts the presets as nothing to lose only when nothing else was done', async () => {
    for (const renamed of [false, true]) {
      const presets = runPresets()
      await done(port.last('run').job)
      if (renamed) renameRun(now().document.runs.at(-1)!.id, 'mine')
      await done(port.last('run').job)
      expect(await presets).toBe(!renamed)
    }
    const presets = runPresets()
    await done(port.last('run').job)
    await port.emit({ type: 'cancelled', job: port.last('run').job })
    expect(await presets).toBe(false)
  })

  it('does not take the name of a file of which it holds only parts', async () => {
    const order: string[] = []
    api.opened.mockImplementationOnce(async () => { order.push('opened') })
    api.adopted.mockImplementationOnce(async () => { order.push('adopted') })
    const opened = openFile({ type: 'document:opened', documentId: 7, kind: 'session', fileName: 'a.wsprof', bytes: new Uint8Array() })
    await Promise.resolve()
    const warnings = [{ what: 'The run "x" could not be kept.' }]
    await port.emit({ type: 'done', job: port.last('decode-session').job, value: { kind: 'session', session, warnings } })
    await opened
    expect(api.adopted).toHaveBeenCalledWith('a.wsprof')
    expect(order).toEqual(['opened', 'adopted'])
    expect(now().notices[0]).toMatchObject({ severity: 'warning' })
  })

  it('is known by its content when it is dropped under another name', async () => {
    const dropped = openDropped([new File([Uint8Array.of(0x50, 0x4b, 3, 4)], 'VM 2.0')])
    await vi.waitFor(() => expect(port.last('decode-session')).toMatchObject({ fileName: 'VM 2.0' }))
    await port.emit({ type: 'done', job: port.last('decode-session').job, value: { kind: 'session', session, warnings: [] } })
    await dropped
    expect(api.adopted).toHaveBeenCalledWith('VM 2.0')
    expect(now().document.runs.map((run) => run.id)).toEqual(['kept'])
  })

  it('selects a run that exists', async () => {
    const opened = openFile({ type: 'document:opened', documentId: 7, kind: 'session', fileName: 'a.wsprof', bytes: new Uint8Array() })
    await Promise.resolve()
    await port.emit({ type: 'done', job: port.last('decode-session').job, value: { kind: 'session', session, warnings: [] } })
    await opened
    expect(now().document.view.selectedRun).toBe('kept')
    expect(api.opened).toHaveBeenCalledWith(7, true)
  })

  it('is not shown when it cannot be read', async () => {
    addRun(simulatedRun('x'))
    const opened = openFile({ type: 'document:opened', documentId: 8, kind: 'session', fileName: 'b.wsprof', bytes: new Uint8Array() })
    await Promise.resolve()
    await port.emit({ type: 'failed', job: port.last('decode-session').job, error: { what: 'broken' } })
    await opened
    expect(now().document.runs).toHaveLength(1)
    expect(now().notices[0]?.error.what).toBe('broken')
    expect(api.opened).toHaveBeenCalledWith(8, false)
  })
})

describe('rules as a file', () => {
  const rules = { format: 'worldswitch.rules/1', name: 'mine', rules: [{ frame: '*', world: 'guest', row: 'direct-execution' }] }
  const file = (content: unknown, name = 'mine.rules.json') => new File([JSON.stringify(content)], name)

  it('go to the recording that is selected, whose rules are shown then; one undo takes them away', async () => {
    addRun(importedRun('x'))
    await openDropped([file(rules)])
    const { document, table } = now()
    expect(document.ruleSets).toMatchObject([{ id: 'own-1', name: 'mine' }])
    expect(document.runs[0]).toMatchObject({ rules: { set: 'own-1', reason: 'chosen by hand' } })
    expect([table.part, document.view.tab]).toEqual(['rules', 'table'])
    undo()
    expect(now().document.ruleSets).toBeUndefined()
  })

  it('come from the disk and by an argument too, and are for the session where no recording is selected', async () => {
    addRun(simulatedRun('x'))
    const bytes = new TextEncoder().encode(JSON.stringify(rules))
    await openFile({ type: 'document:opened', documentId: 9, kind: 'rules', fileName: 'mine.rules.json', bytes })
    expect(api.opened).toHaveBeenCalledWith(9, true)
    expect(now().document.ruleSets).toHaveLength(1)
    expect(now().notices[0]).toMatchObject({ severity: 'warning', error: { what: 'The rules of mine.rules.json are in the session now.' } })
  })

  it('that are wrong are refused with the rule, and change nothing; other JSON goes to the readers', async () => {
    addRun(importedRun('x'))
    await openDropped([file({ ...rules, rules: [{ frame: '/(pcnet/', world: 'guest', row: 'direct-execution' }] })])
    expect(now().notices[0]!.error).toMatchObject({ where: 'mine.rules.json', kept: 'The rules of the session are as they were.' })
    expect(now().notices[0]!.error.what).toContain('Rule 1')
    expect(now().document.ruleSets).toBeUndefined()
    void openDropped([file({ nodes: [] }, 'other.json')])
    await vi.waitFor(() => expect(port.last('import')).toMatchObject({ fileName: 'other.json' }))
  })
})

describe('saving', () => {
  const bytes = new Uint8Array([1])

  it('makes the session clean, unless it was changed meanwhile', async () => {
    addRun(simulatedRun('x'))
    for (const changed of [false, true]) {
      const saving = save(1)
      if (changed) addRun(simulatedRun('y'))
      await port.emit({ type: 'done', job: port.last('encode-session').job, value: { kind: 'session-bytes', bytes } })
      await saving
      expect(now().dirty).toBe(changed)
      expect(api.setDirty).toHaveBeenLastCalledWith(true)
    }
    expect(api.save).toHaveBeenCalledTimes(2)
  })

  it('leaves the mark of a session alone that came while the other was written', async () => {
    addRun(simulatedRun('x'))
    let written = (_answer: { saved: boolean; fileName: string }) => { /* set below */ }
    api.save.mockImplementationOnce(() => new Promise((resolve) => { written = resolve }))
    const saving = save(1)
    await port.emit({ type: 'done', job: port.last('encode-session').job, value: { kind: 'session-bytes', bytes } })
    newDocument()
    api.setDirty.mockClear()
    written({ saved: true, fileName: 'x.wsprof' })
    await saving
    expect(api.setDirty).not.toHaveBeenCalled()
    expect(now().dirty).toBe(false)
  })

  it('says why there are no bytes', async () => {
    const saving = save(4)
    await port.emit({ type: 'failed', job: port.last('encode-session').job, error: { what: 'too large' } })
    await saving
    expect(api.saveFailed).toHaveBeenCalledWith(4, { what: 'too large' })
    expect(now().notices[0]?.error.what).toBe('too large')
  })
})
