import type { Profile, WeightType } from './columns'
import { compareFunctions, isSampledCount, type ComparableRow, type FunctionComparison } from './compare'
import { differencesOfParts, type DifferenceOptions, type Differences, type Evidence } from './difference'
import type { CallTree } from './tree'
import { worldTotals } from './world-totals'

/** One column of weights on each of two sides that say the same kind of thing. */
export interface PairedWeight {
  label: string
  a: number
  b: number
  evidence: Evidence
}

/** The weight that counts samples one by one, which evidence needs; the profile's own where it has none. */
export function countWeight(profile: Profile): number {
  const index = profile.weightTypes.findIndex(isSampledCount)
  return index < 0 ? profile.defaultWeight : index
}

/** The weights that can be compared, samples first; where the two have none in common, each one's own, without evidence. */
export function pairedWeights(a: Profile, b: Profile): PairedWeight[] {
  const [countA, countB] = [countWeight(a), countWeight(b)]
  const found: PairedWeight[] = []
  if (isSampledCount(a.weightTypes[countA]) && isSampledCount(b.weightTypes[countB])) {
    found.push({ label: 'sampled', a: countA, b: countB, evidence: 'sampled' })
  }
  a.weightTypes.forEach((type, i) => {
    const j = b.weightTypes.findIndex((other) => other.name === type.name && other.unit === type.unit && other.kind === type.kind)
    if (j < 0 || (found.length > 0 && i === countA)) return
    found.push({ label: type.kind === 'true' ? 'true' : type.name, a: i, b: j, evidence: evidenceOf(type) })
  })
  if (found.length === 0) found.push({ label: 'each its own', a: a.defaultWeight, b: b.defaultWeight, evidence: 'none' })
  return found
}

function evidenceOf(type: WeightType): Evidence {
  return isSampledCount(type) ? 'sampled' : type.kind === 'true' ? 'counted' : 'none'
}

/**
 * Rows that two tables are compared by: of simulated runs all of them; where a recording is in it those that either side
 * has something in. The others are not looked at, and so not allowed for.
 */
export function comparedRows<Row extends ComparableRow>(a: readonly Row[], b: readonly Row[], simulated: boolean): [Row[], Row[]] {
  const some = new Set([...a, ...b].filter(({ percent }) => percent !== null && percent > 0).map(({ id }) => id))
  const shown = (rows: readonly Row[]) => (simulated ? [...rows] : rows.filter(({ id }) => some.has(id)))
  return [shown(a), shown(b)]
}

/** By world, how many independent samples each side's samples count for; left out: as many as there are. */
export interface EffectiveSizes {
  a?: ReadonlyMap<number, number> | undefined
  b?: ReadonlyMap<number, number> | undefined
}

/** Worlds that either side has anything in, with their differences in points of total time, world by world. */
export interface WorldDifferences {
  worlds: number[]
  differences: Differences
}

export function worldDifferences(a: Profile, b: Profile, weight: Omit<PairedWeight, 'label'>, effective: EffectiveSizes = {}): WorldDifferences {
  const [totalsA, totalsB] = [worldTotals(a, weight.a), worldTotals(b, weight.b)]
  const worlds = Array.from(totalsA.keys()).filter((world) => totalsA[world]! > 0 || totalsB[world]! > 0)
  const sum = (totals: Float64Array) => totals.reduce((all, part) => all + part, 0)
  const parts = {
    a: Float64Array.from(worlds, (world) => totalsA[world]!), b: Float64Array.from(worlds, (world) => totalsB[world]!),
    wholeA: sum(totalsA), wholeB: sum(totalsB),
  }
  const sizeIn = (sizes: ReadonlyMap<number, number> | undefined) => (part: number) => sizes?.get(worlds[part]!) ?? Infinity
  return {
    worlds,
    differences: differencesOfParts(parts, {
      scaleA: 100, scaleB: 100, evidence: weight.evidence, effectiveA: sizeIn(effective.a), effectiveB: sizeIn(effective.b),
    }),
  }
}

/** Functions of either side whatever their callers, with the differences of their own or whole time, row by row. */
export interface FunctionDifferences {
  rows: FunctionComparison[]
  differences: Differences
}

export function functionDifferences(
  trees: readonly [a: CallTree, b: CallTree], of: 'self' | 'total', options: DifferenceOptions,
): FunctionDifferences {
  const rows = compareFunctions(...trees)
  const column = (side: 'a' | 'b') => Float64Array.from(rows, (row) => row[of][side])
  const parts = { a: column('a'), b: column('b'), wholeA: trees[0].total[0]!, wholeB: trees[1].total[0]! }
  return { rows, differences: differencesOfParts(parts, options) }
}
