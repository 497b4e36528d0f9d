import { decide, framesDecided, type Classification, type Prepared } from './classify'
import { importedRowIds } from './rows'

/** What one rule does to a profile. */
export interface RuleEffect {
  /** Weight of the samples that it decided: whose leaf, or the nearest caller that any rule decided, it matched. */
  hits: number
  /** Distinct frames where it decided. */
  frames: number
  /** Share of all weight that has another row or world without it, 0..1. */
  moves: number
  /** What each row of `importedRows` gains by it, as a share of all weight; sums to 0. */
  byRow: Float64Array
}

/**
 * Effects of all rules on a profile, each as the difference between the table with it and the table without. One
 * classification a rule: patterns are matched once for all of them.
 */
export function* ruleEffects(prepared: Prepared, whole: Classification, weight: number): Generator<RuleEffect, void, void> {
  const frames = framesDecided(whole, prepared.rules.length)
  const totals = ofStacks(whole, weight)
  const all = totals.reduce((sum, one) => sum + one, 0) + frameless(whole, weight)
  for (let rule = 0; rule < prepared.rules.length; rule++) {
    const effect: RuleEffect = { hits: 0, frames: frames[rule]!, moves: 0, byRow: new Float64Array(importedRowIds.length) }
    if (frames[rule]! > 0) {
      addEffect(effect, whole, decide(prepared, rule), totals, rule)
      effect.moves = all > 0 ? effect.moves / all : 0
      effect.byRow.forEach((part, i) => { effect.byRow[i] = all > 0 ? part / all : 0 })
    }
    yield effect
  }
}

function addEffect(effect: RuleEffect, whole: Classification, without: Classification, totals: Float64Array, rule: number): void {
  for (let stack = 0; stack < totals.length; stack++) {
    const part = totals[stack]!
    if (part === 0) continue
    if (whole.rule[stack] === rule) effect.hits += part
    const [before, after] = [without.row[stack]!, whole.row[stack]!]
    if (before !== after) {
      effect.byRow[after]! += part
      effect.byRow[before]! -= part
    }
    if (before !== after || without.world[stack] !== whole.world[stack]) effect.moves += part
  }
}

/** Weight of the samples that end in each stack. */
function ofStacks({ profile }: Classification, weight: number): Float64Array {
  const totals = new Float64Array(profile.stacks.parent.length)
  const { stack, weights } = profile.samples
  stack.forEach((one, row) => { if (one >= 0) totals[one]! += weights[weight]![row]! })
  return totals
}

function frameless({ profile }: Classification, weight: number): number {
  const { stack, weights } = profile.samples
  return weights[weight]!.reduce((sum, one, row) => (stack[row]! < 0 ? sum + one : sum), 0)
}
