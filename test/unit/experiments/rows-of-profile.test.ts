import { describe, expect, it } from 'vitest'
import { attributeProfile } from '../../../engine/experiments/rows-of-profile'
import { simulate } from '../../../engine/experiments/simulation'
import { readPprof } from '../../../engine/formats/pprof/read'
import { writePprof } from '../../../engine/formats/pprof/write'
import { functionTable } from '../../../engine/machine/functions'
import { defaultScenario } from '../../../engine/machine/scenario'

describe('the rows of a profile\'s stacks', () => {
  const { report, profile } = simulate({ ...defaultScenario, bytes: 2_000_000 })

  it('add up to the true figures of the table, before and after a file', () => {
    for (const one of [profile, readPprof('x', writePprof(profile)).profile]) {
      const { rowOf, inVmm } = attributeProfile(one)
      const [cycles, vmm] = [new Map<string, number>(), { sum: 0 }]
      one.samples.stack.forEach((stack, row) => {
        const spent = one.samples.weights[1]![row]!
        const id = rowOf[stack]
        if (id) cycles.set(id, (cycles.get(id) ?? 0) + spent)
        if (inVmm[stack]) vmm.sum += spent
      })
      for (const id of ['direct-execution', 'pic-access', 'guest-context-switch', 'privileged-instruction']) {
        const row = report.table.find((candidate) => candidate.id === id)!
        expect((100 * cycles.get(id)!) / vmm.sum, id).toBeCloseTo(row.truthPercent!, 9)
      }
      expect((100 * vmm.sum) / report.books.cycles).toBeCloseTo(report.table.find(({ id }) => id === 'vmm')!.truthPercent!, 9)
    }
  })

  it('know every function by its name and module', () => {
    const names = functionTable.map((fn) => `${fn.module}\n${fn.name}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
