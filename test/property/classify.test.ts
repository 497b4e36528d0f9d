import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classified, classify, decide, prepare } from '../../engine/profile/classify/classify'
import { ruleEffects } from '../../engine/profile/classify/effect'
import { rowsOfRules } from '../../engine/profile/classify/rows'
import { callersRow, type Rule } from '../../engine/profile/classify/rule'
import { classifiedSamples } from '../../engine/profile/classify/samples'
import { importedTable } from '../../engine/profile/classify/table'
import { withThreadRoots } from '../../engine/profile/classify/threads'
import { matcherOf } from '../../engine/profile/classify/pattern'
import { readRulesFile, rulesFileText } from '../../engine/profile/classify/rules-file'
import { StackBuilder, type Profile } from '../../engine/profile/columns'
import { World, worldIds } from '../../engine/worlds'

const threads = ['CPU 0/TCG 5', 'qemu 7', 'swapper 0']
const names = ['pcnet_poll', 'pcnet_receive', 'schedule', 'send', 'main']
const modules = ['', '[kernel.kallsyms]', '/usr/bin/qemu', '[kvm]']

/** Stacks as lists of (name, module); threads share them, or are their roots. */
const profiles = fc.record({
  rooted: fc.boolean(),
  rows: fc.array(fc.record({
    thread: fc.nat(threads.length - 1),
    frames: fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...modules)), { maxLength: 6 }),
  }), { minLength: 1, maxLength: 25 }),
}).map(({ rooted, rows }): Profile => {
  const builder = new StackBuilder()
  const stack = rows.map(({ thread, frames }) => frames.reduce(
    (above, [name, module]) => builder.stackId(above, builder.frameId(name, module), World.Unclassified),
    rooted ? builder.stackId(-1, builder.frameId(threads[thread]!.replace(/ \d+$/, ''), ''), World.Unclassified) : -1))
  return {
    name: 'p', ...builder.tables(), threads, defaultWeight: 0, weightTypes: [{ name: 'samples', unit: 'count', kind: 'sampled' }],
    samples: {
      stack: Int32Array.from(stack), thread: Int32Array.from(rows, ({ thread }) => thread), weights: [new Float64Array(rows.length).fill(1)],
      time: Float64Array.from(rows, (_, i) => i),
    },
  }
})

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const someWorlds = fc.uniqueArray(fc.constantFrom(...worldIds), { minLength: 1, maxLength: 3 })
const rule = fc.record({
  thread: optional(fc.constantFrom('CPU*', 'qemu', '*', 'swapper | qemu')), frame: optional(fc.constantFrom('pcnet_*', 'send | main', '/_/', '*')),
  module: optional(fc.constantFrom('[kernel*', '*qemu', '[kvm]')), mode: optional(fc.constantFrom<Rule['mode'][]>(['host-kernel'], ['host-user', 'guest'])),
  idle: optional(fc.boolean()), inside: optional(someWorlds), outside: optional(someWorlds),
  world: fc.constantFrom(...worldIds), row: fc.constantFrom(callersRow, ...rowsOfRules),
}).map((all) => JSON.parse(JSON.stringify(all)) as Rule)
const rules = fc.array(rule, { maxLength: 8 })

const tableOf = (profile: Profile, list: readonly Rule[]) => importedTable(classifiedSamples(classify(profile, { rules: [...list] }), 0))
const shares = (profile: Profile, list: readonly Rule[]) => {
  const table = tableOf(profile, list)
  return table.rows.map(({ id, weight }) => (id === 'vmm' ? 0 : weight / table.all))
}

describe('classification', () => {
  it('shares sum to all, unclassified included; worlds too', () => {
    fc.assert(fc.property(profiles, rules, (profile, list) => {
      const { rows, worlds, all } = tableOf(profile, list)
      const of = (scope: string) => rows.filter((row) => row.scope === scope)
      expect(of('total').reduce((sum, { percent }) => sum + percent!, 0)).toBeCloseTo(100, 9)
      const vmm = rows.find(({ id }) => id === 'vmm')!
      if (vmm.weight > 0) expect(of('vmm').reduce((sum, { percent }) => sum + percent!, 0)).toBeCloseTo(100, 9)
      expect(of('vmm').reduce((sum, { weight }) => sum + weight, 0)).toBe(vmm.weight)
      expect(worlds.reduce((sum, { weight }) => sum + weight, 0)).toBe(all)
    }))
  })

  it('by the same rules again changes nothing, and does not depend on the worlds of before', () => {
    fc.assert(fc.property(profiles, rules, rules, (profile, list, others) => {
      const once = classified(profile, { rules: list })
      expect(classified(once, { rules: list })).toBe(once)
      const detour = classified(classified(profile, { rules: others }), { rules: list })
      expect(shares(detour, list)).toEqual(shares(once, list))
    }))
  })

  it('the first rule that matches decides: what stands behind an equal one never does', () => {
    fc.assert(fc.property(profiles, rules, rule, fc.constantFrom(...worldIds), (profile, list, one, world) => {
      const all = [one, ...list]
      const shadowed: Rule = { ...one, world }
      const { rule: decided } = classify(profile, { rules: [...all, shadowed] })
      expect(decided.includes(all.length)).toBe(false)
      expect(shares(profile, [...all, shadowed])).toEqual(shares(profile, all))
    }))
  })

  it('what a rule moves is the difference of the two tables, row by row', () => {
    fc.assert(fc.property(profiles, rules, (profile, list) => {
      const prepared = prepare(profile, list)
      const effects = [...ruleEffects(prepared, decide(prepared), 0)]
      expect(effects).toHaveLength(list.length)
      const whole = shares(profile, list)
      const classification = classify(profile, { rules: list })
      list.forEach((_, i) => {
        const without = shares(profile, list.filter((__, k) => k !== i))
        whole.forEach((share, row) => expect(effects[i]!.byRow[row]).toBeCloseTo(share - without[row]!, 9))
        const moved = effects[i]!.byRow.reduce((sum, one) => sum + Math.abs(one), 0) / 2
        expect(effects[i]!.moves).toBeGreaterThanOrEqual(moved - 1e-9)
        const { stack } = classification.profile.samples
        expect(effects[i]!.hits).toBe(stack.reduce((sum, one) => sum + (one >= 0 && classification.rule[one] === i ? 1 : 0), 0))
      })
    }), { numRuns: 60 })
  })

  it('is the same for threads that share stacks as for stacks with threads as roots', () => {
    fc.assert(fc.property(profiles, rules, (profile, list) => {
      // a sample without frames has the thread's frame in the one and none in the other
      fc.pre(profile.samples.stack.every((stack) => stack >= 0))
      const roots = withThreadRoots(profile)
      const ends = (one: Profile) => {
        const { profile: whole, world, row } = classify(one, { rules: list })
        return Array.from(whole.samples.stack, (stack) => [world[stack], row[stack]])
      }
      expect(ends(roots)).toEqual(ends(profile))
    }))
  })

  it('a root that is its thread already is not put below that thread again', () => {
    const profile: Profile = {
      name: 'p', frames: { name: ['CPU 0/TCG', 'work'], module: ['', ''] }, threads: ['CPU 0/TCG 5', 'qemu 7'], defaultWeight: 0,
      stacks: { parent: Int32Array.of(-1, 0), frame: Int32Array.of(0, 1), world: new Uint8Array(2) },
      weightTypes: [{ name: 'samples', unit: 'count', kind: 'sampled' }],
      samples: { stack: Int32Array.of(0, 1, 1), thread: Int32Array.of(0, 0, 1), weights: [new Float64Array(3).fill(1)] },
    }
    const { stacks, samples, frames } = withThreadRoots(profile)
    const way = (stack: number): string[] => (stack < 0 ? [] : [...way(stacks.parent[stack]!), frames.name[stacks.frame[stack]!]!])
    expect(Array.from(samples.stack, way)).toEqual([['CPU 0/TCG'], ['CPU 0/TCG', 'work'], ['qemu', 'CPU 0/TCG', 'work']])
  })

  it('stacks do not change but for threads as roots: the same samples in the same order, (parent, frame) unique', () => {
    fc.assert(fc.property(profiles, rules, (profile, list) => {
      const { stacks, samples, frames } = classified(profile, { rules: list })
      expect(samples.weights).toEqual(profile.samples.weights)
      const leaf = (one: Profile['stacks'], table: Profile['frames'], stack: number) => (stack < 0 ? null : table.name[one.frame[stack]!])
      expect(Array.from(samples.stack, (stack) => leaf(stacks, frames, stack)))
        .toEqual(Array.from(profile.samples.stack, (stack) => leaf(profile.stacks, profile.frames, stack)))
      const keys = Array.from(stacks.parent, (parent, stack) => `${parent} ${stacks.frame[stack]}`)
      expect(new Set(keys).size).toBe(keys.length)
      expect(stacks.parent.every((parent, stack) => parent < stack)).toBe(true)
    }))
  })

  it('rules go into a file and come back', () => {
    fc.assert(fc.property(rules, (list) => {
      const good = list.filter(({ thread, frame, module, mode, idle }) => [thread, frame, module, mode, idle].some((one) => one !== undefined))
      expect(readRulesFile('r.rules.json', rulesFileText({ id: 'x', name: 'n', about: '', rules: good })).rules).toEqual(good)
    }))
  })

  it('text with stars matches as the expression that says the same', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 6 }), fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }), (pattern, name) => {
      const matcher = matcherOf(pattern.join(''))
      if (typeof matcher !== 'function') throw new Error(matcher.fault)
      const expression = new RegExp(`^${pattern.join('').replaceAll('*', '.*')}$`)
      expect(matcher(name.join(''))).toBe(expression.test(name.join('')))
    }))
  })
})
