import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { crewOf } from '../../../engine/crew'
import { type Crew, ManyRuns, nobodyElse, type SharedRuns, takePart } from '../../../engine/experiments/many-runs'
import { runFigures } from '../../../engine/experiments/run-figures'
import { simulate } from '../../../engine/experiments/simulation'
import { sweep } from '../../../engine/experiments/sweep'
import { configurationIds, type Sweep, type SweepRequest } from '../../../engine/experiments/sweep-types'
import { defaultScenario, type Scenario } from '../../../engine/machine/scenario'
import { temporaryFolder } from '../build/temporary'

const scenarios: Scenario[] = [1, 2, 3, 4].map((seed) => ({ ...defaultScenario, bytes: 300_000, samplerHz: 0, seed }))
const request: SweepRequest = { machine: 'pc-733', configurations: [...configurationIds], sizes: [1024, 8192], seeds: [1, 2, 3], bytes: 300_000 }

function ended<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

function figuresOfAll(runs: ManyRuns) {
  ended(runs.upTo(scenarios.length))
  return scenarios.map((_, i) => runs.figuresOf(i))
}

const alone = scenarios.map((scenario) => {
  const { report } = simulate(scenario)
  return { ...runFigures(report), idleTruthPercent: report.idlePercent.truth }
})

describe('runs shared among threads', () => {
  it('are those of each scenario by itself', () => {
    expect(figuresOfAll(new ManyRuns(scenarios, nobodyElse))).toEqual(alone)
  })

  it('come out the same when another has taken all of them, part of them, or taken some and died', () => {
    const takesOne: Crew = ({ control }) => {
      Atomics.add(control, 0, 1)
      return () => undefined
    }
    const takesAll: Crew = (shared) => {
      takePart(shared)
      return () => undefined
    }
    for (const crew of [takesOne, takesAll]) expect(figuresOfAll(new ManyRuns(scenarios, crew))).toEqual(alone)
  })

  it('fail where they were asked for, also when another thread has met the failure first', () => {
    const broken = [scenarios[0]!, { ...scenarios[1]!, machine: 'no such machine' as never }]
    const first: Crew = (shared) => {
      takePart(shared)
      return () => undefined
    }
    expect(() => ended(new ManyRuns(broken, first).upTo(2))).toThrow()
  })

  it('are taken by nobody once they have been ended', () => {
    const taken: SharedRuns[] = []
    const runs = new ManyRuns(scenarios, (shared) => {
      taken.push(shared)
      return () => undefined
    })
    runs.end()
    takePart(taken[0]!)
    expect(runs.done).toBe(0)
  })

  it('of a sweep are ended when the sweep is given up', () => {
    let ends = 0
    const work = sweep(request, () => () => { ends++ })
    work.next()
    expect(ends).toBe(0)
    work.return(undefined as never)
    expect(ends).toBe(1)
  })

  it('give equal sweeps with real threads and without', async () => {
    const file = join(temporaryFolder(), 'member.cjs')
    buildSync({ entryPoints: ['engine/crew-member.ts'], bundle: true, platform: 'node', format: 'cjs', outfile: file, logLevel: 'error' })
    let shared: SharedRuns | null = null
    const threads = crewOf(file, 2)
    const work = sweep(request, (runs) => {
      shared = runs
      return threads(runs)
    })
    // some runs are waited for, so that the threads have really taken part
    const first = work.next()
    expect(first.done).toBe(false)
    const control = shared!.control
    while (Atomics.load(control, 0) < 12) await new Promise((resolve) => setTimeout(resolve, 5))
    const together: Sweep = ended(work)
    expect(together).toEqual(ended(sweep(request)))
  })
})
