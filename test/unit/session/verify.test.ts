import { describe, expect, it } from 'vitest'
import { simulate } from '../../../engine/experiments/simulation'
import { defaultScenario, type Scenario } from '../../../engine/machine/scenario'
import { emptyView, type SimulatedRun } from '../../../engine/session/document'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import { differencesOf, verifyExperiment, verifyRun } from '../../../engine/session/verify'
import { engineVersion } from '../../../engine/version'

const scenario: Scenario = { ...defaultScenario, bytes: 300_000, samplerHz: 5000 }
const custom: Scenario = { ...scenario, vm: 'native', optimizations: [], seed: 7 }

/** As a session that was saved and opened again has it. */
function kept(of: Scenario): SimulatedRun {
  const run: SimulatedRun = { kind: 'simulated', id: 'a', name: 'mine', ...simulate(of) }
  const { session } = decodeSession('a.wsprof', encodeSession({ notes: '', runs: [run], view: emptyView }))
  return session.runs[0] as SimulatedRun
}

const run = kept(scenario)

describe('verifying a run', () => {
  it('finds it equal, after it was saved and opened, whatever it is called', () => {
    for (const one of [run, kept(custom), { ...run, name: 'another', colour: 'teal' }]) {
      expect(verifyRun(one)).toMatchObject({
        verdict: 'equal', differences: [], differing: 0, sameProfile: true, digest: { stored: one.digest, recomputed: one.digest },
      })
    }
  })

  it('finds a figure that was changed, and names it', () => {
    const table = run.report.table.map((row) => (row.id === 'guest-idle' ? { ...row, percent: 12.5 } : row)) as typeof run.report.table
    const found = verifyRun({ ...run, report: { ...run.report, table, throughputMbps: 99 } })
    expect(found.verdict).toBe('altered')
    expect(found.differences.map(({ where }) => where)).toEqual(['throughputMbps', 'table.guest-idle.percent'])
    expect(found.differences[0]).toEqual({ where: 'throughputMbps', stored: '99', recomputed: String(run.report.throughputMbps) })
    expect(found.words.join(' ')).toContain('2 figures of the report')
  })

  it('finds a sample that was changed', () => {
    const weights = run.profile.samples.weights.map((column) => column.slice())
    weights[0]![0]! += 1
    const found = verifyRun({ ...run, profile: { ...run.profile, samples: { ...run.profile.samples, weights } } })
    expect(found).toMatchObject({ verdict: 'altered', differing: 0, sameProfile: false })
    expect(found.words.join(' ')).toContain('the samples and their stacks')
  })

  it('finds another digest, and another seed', () => {
    expect(verifyRun({ ...run, digest: 'ab'.repeat(32) })).toMatchObject({ verdict: 'different', differing: 0, sameProfile: true })
    const other = { ...run, report: { ...run.report, scenario: { ...scenario, seed: 2 } } }
    expect(verifyRun(other)).toMatchObject({ verdict: 'different', sameProfile: false })
  })

  it('says that another engine made it, with both versions', () => {
    const found = verifyRun({ ...run, report: { ...run.report, engineVersion: '0.9.0' }, digest: 'cd'.repeat(32) })
    expect(found).toMatchObject({ verdict: 'other-engine', differing: 0, sameProfile: true })
    expect(found.words[0]).toContain('0.9.0')
    expect(found.words[0]).toContain(engineVersion)
    const moved = verifyRun({ ...run, report: { ...run.report, engineVersion: '0.9.0', throughputMbps: 1 } })
    expect(moved.words.join(' ')).toContain('1 figure of the report')
  })

  it('says when the scenario cannot be run here', () => {
    const newer = { ...run.report, scenario: { ...scenario, machine: 'pc-9000' } } as unknown as SimulatedRun['report']
    const found = verifyRun({ ...run, report: newer })
    expect(found).toMatchObject({ verdict: 'impossible', digest: { stored: run.digest, recomputed: null } })
    expect(found.words.join(' ')).toContain('machine')
  })

  it('refuses what is no simulated run', () => {
    for (const request of [null, {}, { report: {}, digest: 'x' }, { ...run, profile: null }]) {
      expect(() => verifyExperiment.parse(request)).toThrow(/no simulated run/)
    }
  })
})

describe('differences of two reports', () => {
  it('sees what is missing, added and of another kind, and long texts that differ late', () => {
    expect(differencesOf({ a: 1, b: [1, 2], c: { d: 1 } }, { b: [1], c: [1], e: null })).toEqual([
      { where: 'a', stored: '1', recomputed: undefined }, { where: 'b.1', stored: '2', recomputed: undefined },
      { where: 'c', stored: '{"d":1}', recomputed: '[1]' }, { where: 'e', stored: undefined, recomputed: 'null' },
    ])
    expect(differencesOf(`${'x'.repeat(500)}a`, `${'x'.repeat(500)}b`, 'words')).toHaveLength(1)
    expect(differencesOf([{ id: 'a', n: 1 }, { id: 'a', n: 2 }], [{ id: 'a', n: 1 }, { id: 'a', n: 3 }])).toEqual([
      { where: '1.n', stored: '2', recomputed: '3' },
    ])
    expect(differencesOf({ a: undefined }, {})).toEqual([])
  })
})
