import { describe, expect, it } from 'vitest'
import { figure6Sizes, predict } from '../../../engine/experiments/predict'
import { type MachineId, optimizationIds } from '../../../engine/machine/scenario'

const options = { bytes: 6_000_000, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }

describe.each(['pc-733', 'pc-350'] as MachineId[])('Figure 6 on %s', (machine) => {
  it.each(figure6Sizes)('at %i bytes a call: native >= optimized >= 2.0, within two standard errors', (sendSize) => {
    const run = (vm: 'native' | 'hosted', optimizations: readonly (typeof optimizationIds)[number][]) => {
      const prediction = predict({ machine, vm, optimizations: [...optimizations], sendSize }, options)
      return { mbps: prediction.mean('throughput'), error: prediction.deviation('throughput') / Math.sqrt(options.seeds.length) }
    }
    const native = run('native', [])
    const optimized = run('hosted', optimizationIds)
    const baseline = run('hosted', [])
    const atLeast = (a: typeof native, b: typeof native) => a.mbps - b.mbps + 2 * Math.hypot(a.error, b.error)
    expect(atLeast(native, optimized)).toBeGreaterThanOrEqual(0)
    expect(atLeast(optimized, baseline)).toBeGreaterThanOrEqual(0)
  })
})
