import { describe, expect, it } from 'vitest'
import { simulate } from '../../../engine/experiments/simulation'
import { defaultScenario } from '../../../engine/machine/scenario'
import type { SimulatedRun } from '../../../engine/session/document'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import { emptyView } from '../../../engine/session/document'
import { stackOfPath } from '../../../renderer/state/flame-rows'
import { pathOfStack, rowOfFrame } from '../../../renderer/state/flame-rows'
import { stacksOfRow } from '../../../renderer/state/row-stacks'
import { importedRun } from './fixture'

const { report, profile, digest } = simulate({ ...defaultScenario, bytes: 1_000_000 })
const run: SimulatedRun = { kind: 'simulated', id: 'run-0', name: 'r', report, digest, profile }

/** As a saved session gives it back: other frame and stack numbers, unused stacks gone. */
const saved = decodeSession('x', encodeSession({ notes: '', runs: [run], view: emptyView })).session.runs[0] as SimulatedRun

describe.each([['a run', run], ['a saved and opened run', saved]])('rows and stacks of %s', (_, one) => {
  it('give each row the true cycles that the table has', () => {
    const vmm = report.books.cycles * (report.table.find(({ id }) => id === 'vmm')!.truthPercent! / 100)
    for (const row of report.table) {
      if (row.id === 'vmm') continue
      const cycles = stacksOfRow(one, row.id).reduce((sum, stack) => sum + stack.weight, 0)
      const whole = row.scope === 'vmm' ? vmm : report.books.cycles
      expect((100 * cycles) / whole, row.id).toBeCloseTo(row.truthPercent!, 6)
    }
  })

  it('are the biggest first, and lead back to their row', () => {
    const stacks = stacksOfRow(one, 'direct-execution')
    expect(stacks.length).toBeGreaterThan(5)
    expect(stacks.map(({ weight }) => weight)).toEqual([...stacks.map(({ weight }) => weight)].sort((a, b) => b - a))
    for (const { path, stack } of stacks) {
      expect(stackOfPath(one.profile, path)).toBe(stack)
      expect(rowOfFrame(one, path)).toBe('direct-execution')
    }
  })

  it('find a box of a flame of VMM time, whose path leaves VMM time out', () => {
    const idle = stacksOfRow(one, 'guest-idle')[0]!
    expect(idle.path.length).toBeGreaterThan(1)
    expect(stackOfPath(one.profile, idle.path.slice(1))).toBe(idle.stack)
    expect(rowOfFrame(one, ['no module\nno such function'])).toBeNull()
    expect(stackOfPath(one.profile, [])).toBe(-1)
    expect(pathOfStack(one.profile, idle.stack, 'total')).toEqual(idle.path)
  })
})

describe('a recorded profile', () => {
  it('has the rows of its rules, or one a world where the worlds are the file\'s own', () => {
    const imported = importedRun('i')
    expect(rowOfFrame(imported, ['module\nswapper'])).toBe('host-kernel')
    const stacks = stacksOfRow(imported, 'vmm-other')
    expect(stacks.reduce((sum, { weight }) => sum + weight, 0)).toBe(200)
    for (const { path } of stacks) expect(rowOfFrame(imported, path)).toBe('vmm-other')
    expect(stacksOfRow(imported, 'host-kernel').reduce((sum, { weight }) => sum + weight, 0)).toBe(300)
    // a set whose threads and functions are not in the profile leaves nothing in VMM time
    expect(stacksOfRow({ ...imported, rules: { set: 'plain-host', reason: 'r' } }, 'vmm-other')).toEqual([])
  })
})
