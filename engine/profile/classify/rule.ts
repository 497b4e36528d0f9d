import * as z from 'zod'
import { worldIds } from '../../worlds'
import { cpumodes, type Cpumode } from './cpumode'
import { matcherOf } from './pattern'
import { rowsOfRules } from './rows'

/**
 * One rule. Its conditions must all hold; those left out hold always. A rule with none of `frame`, `module` and `mode`
 * speaks of the thread as a whole and is asked once, at the root of its stacks (but see `idle`).
 */
export interface Rule {
  /** The thread's name, without its numbers (pattern.ts says how patterns are written; so for frames and modules). */
  thread?: string
  frame?: string
  module?: string
  /** Any of these: what the file says of guest and hypervisor samples, else what the frame's module says. */
  mode?: Cpumode[]
  /** The host's idle task, or a frame that stands for idling ("(idle)"). False: not that. */
  idle?: boolean
  /** Ids of worlds: only where the caller is in one of them. */
  inside?: string[]
  /** Ids of worlds: not where the caller is in one of them. */
  outside?: string[]
  /** Id of the world of the frame and of what it calls. */
  world: string
  /** Id of the row of Table 2 (rows.ts), or 'caller': the one that the caller is in. */
  row: string
  /** For people. */
  note?: string
}

/** Rules in order: of those that match a frame the first decides. */
export interface RuleSet {
  id: string
  name: string
  /** What it is for, and how VMM time is to be understood. */
  about: string
  rules: Rule[]
}

export const callersRow = 'caller'

/** More rules than this are made by a program, for which this is not made. */
export const mostRules = 500

const pattern = z.string()
const worlds = z.array(z.enum(worldIds as [string, ...string[]])).min(1)

export const ruleSchema = z.strictObject({
  thread: pattern.exactOptional(), frame: pattern.exactOptional(), module: pattern.exactOptional(),
  mode: z.array(z.enum(cpumodes)).min(1).exactOptional(), idle: z.boolean().exactOptional(),
  inside: worlds.exactOptional(), outside: worlds.exactOptional(),
  world: z.enum(worldIds as [string, ...string[]]), row: z.enum([callersRow, ...rowsOfRules]), note: z.string().max(1000).exactOptional(),
})

const understood = new WeakMap<RuleSet, boolean>()

/** False: a newer version's rules, with conditions or rows that this one does not know. */
export function isUnderstood(set: RuleSet): boolean {
  let is = understood.get(set)
  if (is === undefined) understood.set(set, is = set.rules.every((rule) => ruleSchema.safeParse(rule).success))
  return is
}

export interface RuleFault {
  /** Index of the rule. */
  rule: number
  field: 'thread' | 'frame' | 'module' | 'conditions'
  words: string
}

/** What is wrong with the rules, in plain words; a rule with a fault matches nothing until it is mended. */
export function faultsOf(rules: readonly Rule[]): RuleFault[] {
  return rules.flatMap((rule, i): RuleFault[] => [
    ...(['thread', 'frame', 'module'] as const).flatMap((field): RuleFault[] => {
      const text = rule[field]
      const matcher = text === undefined ? null : matcherOf(text)
      return matcher === null || typeof matcher === 'function' ? []
        : [{ rule: i, field, words: `Rule ${i + 1}: the pattern for its ${field} ${matcher.fault}.` }]
    }),
    ...(hasConditions(rule) ? [] : [{
      rule: i, field: 'conditions' as const,
      words: `Rule ${i + 1} has no condition: it would decide for every thread. To say so, give it the thread *.`,
    }]),
  ])
}

function hasConditions({ thread, frame, module, mode, idle }: Rule): boolean {
  return [thread, frame, module, mode, idle].some((condition) => condition !== undefined)
}

/** Whether the rule speaks of threads as a whole. */
export function isOfThread({ frame, module, mode }: Rule): boolean {
  return frame === undefined && module === undefined && mode === undefined
}
