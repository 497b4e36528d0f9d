import { describe, expect, it } from 'vitest'
import { defaultScenario } from '../../../engine/machine/scenario'
import { draftOf, presetOf, problemsOf, scenarioOf, sizeOf, sizeText } from '../../../renderer/state/scenario-draft'

describe('the scenario editor\'s fields', () => {
  it('go from a scenario and back unchanged', () => {
    const scenario = { ...defaultScenario, bytes: 12_345, seed: 7, optimizations: ['send-combining' as const] }
    expect(scenarioOf(draftOf(scenario))).toEqual(scenario)
    expect(problemsOf(draftOf(scenario))).toEqual({})
  })

  it('read sizes as people write them', () => {
    expect(sizeOf('100 MB')).toBe(100_000_000)
    expect(sizeOf('4096')).toBe(4096)
    expect(sizeOf('1.5gb')).toBe(1.5e9)
    expect(sizeOf('10 000')).toBe(10_000)
    for (const wrong of ['', 'many', '1 TB', '-5', '1e', '5 MB 3']) expect(sizeOf(wrong), wrong).toBeNaN()
    expect(sizeText(100_000_000)).toBe('100 MB')
    expect(sizeText(1234)).toBe('1234')
  })

  it('say what is wrong, beside the field and with what was typed', () => {
    const draft = { ...draftOf(defaultScenario), sendSize: '-1', bytes: 'lots', seed: '', samplerHz: '1.5' }
    const problems = problemsOf(draft)
    expect(Object.keys(problems).sort()).toEqual(['bytes', 'samplerHz', 'seed', 'sendSize'])
    expect(problems.sendSize).toContain('-1')
    expect(problems.bytes).toContain("'lots'")
    expect(problems.seed).toContain('not nothing')
    expect(() => scenarioOf(draft)).toThrow(/cannot be run/)
  })

  it('know the presets, and that a mixture is none', () => {
    expect(presetOf({ vm: 'native', optimizations: [] })).toBe('native')
    expect(presetOf({ vm: 'hosted', optimizations: [] })).toBe('2.0')
    expect(presetOf({ vm: 'hosted', optimizations: ['io-in-vmm'] })).toBeNull()
    expect(presetOf(draftOf(defaultScenario))).toBe('optimized')
  })

  it('leave out optimizations of a native run', () => {
    expect(scenarioOf({ ...draftOf(defaultScenario), vm: 'native' }).optimizations).toEqual([])
  })
})
