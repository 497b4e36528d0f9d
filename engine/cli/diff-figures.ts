import { callTree } from '../profile/tree'
import type { Profile } from '../profile/columns'
import { type ComparableRow, compareRows, unlikeSamples } from '../profile/compare'
import type { Differences, Evidence } from '../profile/difference'
import { comparedRows, functionDifferences, pairedWeights, worldDifferences, type PairedWeight } from '../profile/paired'
import { effectiveSizes, leastSize } from '../session/effective-sizes'
import type { SessionRun } from '../session/document'
import { worldIds, worldNames } from '../worlds'

/** One side of a comparison: where it came from, and its Table 2. */
export interface DiffSide {
  file: string
  run: SessionRun
  table: readonly ComparableRow[]
}

export type DiffVerdict = 'higher' | 'lower' | 'no evidence'

/** B minus A: A is what was, B is what came of it. Percent, and points. */
export interface DiffFigure {
  a: number | null
  b: number | null
  points: number | null
  /** 95 % interval of the difference by itself; null where a side has none. */
  ci95: [number, number] | null
  /** Allows for all rows of its list being looked at together; null where there is no evidence to judge by. */
  verdict: DiffVerdict | null
}

export interface DiffRow extends DiffFigure {
  id: string
  label: string
  scope: 'total' | 'vmm'
  adjustedP: number | null
}

export interface DiffWorld extends DiffFigure {
  id: string
  label: string
}

export interface DiffFunction extends DiffFigure {
  name: string
  module: string
}

export interface Diff {
  /** Why shares of the two may not mean the same; null where they do. */
  unlike: string | null
  /** Of worlds and functions. */
  weight: PairedWeight
  /** Whether a function's share is of its own time or of all that it calls too. */
  of: 'self' | 'total'
  rows: DiffRow[]
  worlds: DiffWorld[]
  /** Those that differ most first. */
  functions: DiffFunction[]
}

export interface DiffOptions {
  of: 'self' | 'total'
  weight: PairedWeight
}

/** What the window's Compare says of the two runs: the same rules, and so the same figures. */
export function diffOf(a: DiffSide, b: DiffSide, { of, weight }: DiffOptions): Diff {
  return {
    unlike: unlikeSamples(a.run.profile, b.run.profile), weight, of,
    rows: rowsOf(a, b),
    worlds: worldsOf(a.run, b.run, weight),
    functions: functionsOf(a.run, b.run, weight, of),
  }
}

/** The first pair of weights, which are samples where both count them; or the one that is named. Null: there is none of the name. */
export function weightOf(a: Profile, b: Profile, wanted: string | undefined): { weight: PairedWeight | null; labels: string[] } {
  const weights = pairedWeights(a, b)
  return {
    weight: (wanted === undefined ? weights[0] : weights.find(({ label }) => label === wanted)) ?? null,
    labels: weights.map(({ label }) => label),
  }
}

/** Rows of recorded profiles in which neither side has anything are left out, as in the window: they are not looked at. */
function rowsOf(a: DiffSide, b: DiffSide): DiffRow[] {
  const rows = comparedRows(a.table, b.table, a.run.kind === 'simulated' && b.run.kind === 'simulated')
  const compared = compareRows(...rows).filter((row) => (row.a?.percent ?? row.b?.percent ?? null) !== null)
  return (['total', 'vmm'] as const).flatMap((scope) => compared.filter((row) => row.scope === scope)).map((row) => ({
    id: row.id, label: row.label, scope: row.scope, a: row.a?.percent ?? null, b: row.b?.percent ?? null,
    points: row.difference?.points ?? null, ci95: row.difference?.ci95 ?? null, adjustedP: row.adjustedP, verdict: row.verdict,
  }))
}

function worldsOf(a: SessionRun, b: SessionRun, weight: PairedWeight): DiffWorld[] {
  const { worlds, differences } = worldDifferences(a.profile, b.profile, weight, { a: effectiveSizes(a), b: effectiveSizes(b) })
  return worlds.map((world, part) => ({ id: worldIds[world]!, label: worldNames[world]!, ...figureOf(differences, part, weight.evidence) }))
}

function functionsOf(a: SessionRun, b: SessionRun, weight: PairedWeight, of: 'self' | 'total'): DiffFunction[] {
  const tree = ({ profile }: SessionRun, column: number) => callTree(profile, { weight: column, scope: 'total' })
  const [sizeA, sizeB] = [leastSize(a) ?? Infinity, leastSize(b) ?? Infinity]
  const { rows, differences } = functionDifferences([tree(a, weight.a), tree(b, weight.b)], of, {
    scaleA: 100, scaleB: 100, evidence: weight.evidence, effectiveA: () => sizeA, effectiveB: () => sizeB,
  })
  const size = (row: number) => Math.abs(differences.difference[row]!)
  return [...rows.keys()].sort((x, y) => size(y) - size(x) || x - y)
    .map((row) => ({ name: rows[row]!.name, module: rows[row]!.module, ...figureOf(differences, row, weight.evidence) }))
}

const verdicts = { '1': 'higher', '0': 'no evidence', '-1': 'lower' } as const

function figureOf({ a, b, difference, lo, hi, verdict }: Differences, part: number, evidence: Evidence): DiffFigure {
  return {
    a: a[part]!, b: b[part]!, points: difference[part]!,
    ci95: Number.isNaN(lo[part]!) ? null : [lo[part]!, hi[part]!],
    verdict: evidence === 'none' ? null : verdicts[String(verdict[part]!) as keyof typeof verdicts],
  }
}
