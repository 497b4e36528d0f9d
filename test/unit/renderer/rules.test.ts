import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readFileSync } from 'node:fs'
import { importProfile } from '../../../engine/formats/open-profile'
import { classificationOf } from '../../../engine/profile/classify/samples'
import { qemuTcg } from '../../../engine/profile/classify/sets/qemu-tcg'
import { tableOfProfile } from '../../../engine/profile/classify/table'
import { rulesFileText } from '../../../engine/profile/classify/rules-file'
import { profileInRange } from '../../../engine/profile/range'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import type { ImportedRun } from '../../../engine/session/document'
import { addRule, chooseRuleSet, copyRuleSet, deleteRuleSet, moveRule, openRules, removeRule, setRule } from '../../../renderer/state/actions-rules'
import { addRun } from '../../../renderer/state/actions-runs'
import { redo, undo } from '../../../renderer/state/history'
import { pairedTables } from '../../../renderer/state/paired-tables'
import { shownRun } from '../../../renderer/state/shown'
import { change, initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { reportOf } from './fixture'
import { defaultScenario } from '../../../engine/machine/scenario'

const imported = importProfile('pcnet', readFileSync(new URL('../../fixtures/perf-sym-pcnet.txt.gz', import.meta.url)))
const run = () => now().document.runs[0] as ImportedRun
const worlds = () => Array.from(run().profile.stacks.world)
const sets = () => now().document.ruleSets ?? []

beforeEach(() => {
  vi.stubGlobal('window', { worldswitch: { setDirty: () => Promise.resolve() } })
  useWorkbench.setState(initialWorkbench(), true)
  const { profile, format, report, rules } = imported
  addRun({ kind: 'imported', id: 'run-1', name: 'pcnet', source: { fileName: 'pcnet', format, report }, rules, profile })
})

describe('rules in the window', () => {
  it('classify again without the file, as one step of undo', () => {
    const before = worlds()
    chooseRuleSet('run-1', 'plain-host')
    expect(run().rules).toEqual({ set: 'plain-host', reason: 'chosen by hand' })
    expect(worlds()).not.toEqual(before)
    // the reader's intervals were of the other worlds
    expect(run().source.report.worlds).toBeUndefined()
    undo()
    expect(worlds()).toEqual(before)
    expect(run().source.report.worlds).toBeDefined()
    redo()
    expect(run().rules!.set).toBe('plain-host')
  })

  it('are the session\'s own once they are copied; the same rules change nothing', () => {
    const profile = run().profile
    copyRuleSet('run-1', qemuTcg)
    expect(sets()).toEqual([{ ...qemuTcg, id: 'own-1', name: `${qemuTcg.name}, copy` }])
    expect(run().profile).toBe(profile)
    copyRuleSet('run-1', sets()[0]!)
    expect(sets().map(({ id, name }) => [id, name])).toEqual([['own-1', `${qemuTcg.name}, copy`], ['own-2', `${qemuTcg.name}, copy, copy`]])
  })

  it('change the profile as they are typed, and each field is one step of undo', () => {
    copyRuleSet('run-1', qemuTcg)
    addRule('own-1', 0)
    const before = worlds()
    for (const text of ['h', 'helper_lookup', 'helper_lookup_tb_ptr']) setRule('own-1', 0, 'frame', text)
    setRule('own-1', 0, 'world', 'vmnet')
    setRule('own-1', 0, 'row', 'vmnet-other')
    const row = () => tableOfProfile(classificationOf(run().profile, 'own-1', sets()), 0).rows.find(({ id }) => id === 'vmnet-other')!.weight
    expect(row()).toBeGreaterThan(100)
    expect(worlds()).not.toEqual(before)
    // half an expression matches nothing, and says why in the editor
    setRule('own-1', 0, 'frame', '/(helper/')
    expect(row()).toBe(0)
    for (let steps = 0; steps < 4; steps++) undo()
    expect(sets()[0]!.rules[0]!.frame).toBe('name_of_a_function')
    expect(worlds()).toEqual(before)
  })

  it('are moved, deleted, and undone', () => {
    copyRuleSet('run-1', qemuTcg)
    const [first, second] = qemuTcg.rules
    moveRule('own-1', 0, 1)
    expect(sets()[0]!.rules.slice(0, 2)).toEqual([second, first])
    expect(now().table.rule).toBe(1)
    moveRule('own-1', 0, -1)
    removeRule('own-1', 0)
    expect(sets()[0]!.rules[0]).toEqual(first)
    undo()
    undo()
    expect(sets()[0]!.rules).toEqual(qemuTcg.rules)
    deleteRuleSet('own-1')
    expect(now().document.ruleSets).toBeUndefined()
    expect(run().rules!.set).toBe('own-1')
  })

  it('come from a file, or are refused by rule without touching the session', () => {
    openRules('run-1', 'mine.rules.json', rulesFileText({ ...qemuTcg, name: 'mine' }))
    expect(run().rules!.set).toBe('own-1')
    openRules('run-1', 'bad.rules.json', '{"format":"worldswitch.rules/1","name":"a","rules":[{"frame":"/(/","world":"vmm","row":"vmm-other"}]}')
    expect(sets()).toHaveLength(1)
    expect(now().notices[0]!.error.what).toContain('Rule 1')
    expect(now().notices[0]!.error.where).toBe('bad.rules.json')
  })

  it('are saved with the session, with what a newer version knows', () => {
    copyRuleSet('run-1', qemuTcg)
    const strange = { ...sets()[0]!, id: 'strange', rules: [{ world: 'vmm', row: 'vmm-other', phaseOfTheMoon: 'full' }] }
    const document = { ...now().document, ruleSets: [...sets(), strange] as typeof qemuTcg[] }
    const { session } = decodeSession('x', encodeSession(document))
    expect(session.ruleSets).toEqual(document.ruleSets)
    expect((session.runs[0] as ImportedRun).rules).toEqual(run().rules)
    expect(Array.from(session.runs[0]!.profile.stacks.world).sort()).toEqual(worlds().sort())
    // conditions that are not understood here classify nothing: the worlds stay
    expect(classificationOf(session.runs[0]!.profile, 'strange', session.ruleSets).world).toBe(session.runs[0]!.profile.stacks.world)
  })

  it('reach a chosen range too', () => {
    const range = { run: 'run-1', unit: 'seconds' as const, from: 1, to: 2 }
    const profile = profileInRange(run().profile, range)
    change((state) => { state.range = { ...range, part: { profile, samples: profile.samples.stack.length, table: null } } })
    expect(shownRun(now(), run()).profile.stacks.world).toEqual(run().profile.stacks.world)
    chooseRuleSet('run-1', 'plain-host')
    const shown = shownRun(now(), run())
    expect(shown.profile.stacks).toBe(run().profile.stacks)
    expect(shown.profile.samples.stack).toEqual(profile.samples.stack)
    expect(shownRun(now(), run())).toBe(shown)
  })
})

describe('tables of two runs', () => {
  it('of recorded profiles: rows that neither has are no tests, and a row with nothing on one side is compared as zero', () => {
    const e1000 = importProfile('e1000', readFileSync(new URL('../../fixtures/perf-sym-e1000.folded.gz', import.meta.url)))
    const tables = [imported, e1000].map(({ profile, rules }) => tableOfProfile(classificationOf(profile, rules.set), 0).rows)
    const { rows } = pairedTables(tables[0]!, tables[1]!)
    const verdict = (id: string) => rows.find((row) => row.id === id)!.difference.verdict
    expect(rows.map(({ id }) => id)).not.toContain('host-idle')
    // the e1000 needs far fewer register accesses a frame
    expect(verdict('lance-emulation-vmapp')).toBe('lower')
    expect(verdict('guest-irq-overhead')).toBe('higher')
    expect(rows.find(({ id }) => id === 'guest-idle')!.difference.ci95).not.toBeNull()
  })

  it('of a recorded profile and a simulated run: by row, and a row that one side cannot tell says so', () => {
    const table = tableOfProfile(classificationOf(imported.profile, imported.rules.set), 0).rows
    const { rows } = pairedTables(table, reportOf(defaultScenario).table)
    const vmm = rows.find(({ id }) => id === 'vmm')!
    expect(vmm.difference.points).not.toBeNull()
    const translation = rows.find(({ id }) => id === 'translation')!
    expect(translation.b).toBeNull()
    expect(translation.difference.words).toBe('no figure in B')
  })
})
