import { classify, decide, prepare, type Classification } from './classify/classify'
import { ruleEffects, type RuleEffect } from './classify/effect'
import type { Rule } from './classify/rule'
import { classifiedAsRead, classifiedSamples, type ClassifiedSamples } from './classify/samples'
import type { Profile } from './columns'
import { flameDrawing, invertedDrawing, sandwichDrawings, type Choice } from './drawings'
import { pairDrawings, pairFunctions, type PairChoice, type Sides, type WorldSizes } from './pair-drawings'
import type { FrameRef } from './transforms'

/** `rules` null: the worlds came with the file. */
interface RulesChoice {
  rules: readonly Rule[] | null
}

function classificationBy(profile: Profile, rules: RulesChoice['rules']): Classification {
  return rules ? classify(profile, { rules: [...rules] }) : classifiedAsRead(profile)
}

const classifications = new WeakMap<Profile, { key: string; classification: Classification }>()

/** Another weight or range asks for samples of the same classes. It stays here: what is handed out as an answer may be taken along. */
function keptClassification(profile: Profile, rules: RulesChoice['rules']): Classification {
  const key = JSON.stringify(rules)
  let known = classifications.get(profile)
  if (known?.key !== key) classifications.set(profile, known = { key, classification: classificationBy(profile, rules) })
  return known.classification
}

/**
 * All that is made of whole profiles for the window to show: trees, layouts, functions, classes of stacks. Pure, with requests and answers of plain data and columns:
 * a page does it itself where that takes a few milliseconds, and in a thread of its own where it takes longer.
 */
export const treeWork = {
  flame: ([profile]: readonly Profile[], choice: Choice) => flameDrawing(profile!, choice),
  inverted: ([profile]: readonly Profile[], choice: Choice) => invertedDrawing(profile!, choice),
  sandwich: ([profile]: readonly Profile[], { choice, around }: { choice: Choice; around: FrameRef }) =>
    sandwichDrawings(profile!, choice, around),
  pair: ([a, b]: readonly Profile[], { choice, sizes }: { choice: PairChoice; sizes: Sides<WorldSizes> }) =>
    pairDrawings({ a: a!, b: b! }, choice, sizes),
  functions: (
    [a, b]: readonly Profile[],
    { choice, of, sizes }: { choice: PairChoice; of: 'self' | 'total'; sizes: Sides<number | null> },
  ) => pairFunctions({ a: a!, b: b! }, choice, of, sizes),
  classification: ([profile]: readonly Profile[], { rules }: RulesChoice): Classification => classificationBy(profile!, rules),
  /** What Table 2 of a recording is made of. `part`: the whole, or a range of it. */
  samples: ([whole, part]: readonly Profile[], { rules, weight }: RulesChoice & { weight: number }): ClassifiedSamples =>
    classifiedSamples(keptClassification(whole!, rules), weight, part),
  effects: ([profile]: readonly Profile[], { rules, weight }: { rules: readonly Rule[]; weight: number }): RuleEffect[] => {
    const prepared = prepare(profile!, rules)
    return [...ruleEffects(prepared, decide(prepared), weight)]
  },
}

export type TreeWork = typeof treeWork
export type TreeKind = keyof TreeWork
export type TreeArgs<Kind extends TreeKind> = Parameters<TreeWork[Kind]>[1]
export type TreeAnswer<Kind extends TreeKind> = ReturnType<TreeWork[Kind]>

export function makeTrees<Kind extends TreeKind>(kind: Kind, profiles: readonly Profile[], args: TreeArgs<Kind>): TreeAnswer<Kind> {
  return (treeWork[kind] as (of: readonly Profile[], args: TreeArgs<Kind>) => TreeAnswer<Kind>)(profiles, args)
}
