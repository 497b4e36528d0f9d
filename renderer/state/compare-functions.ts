import { functionDifferences, type FunctionDifferences, type PairedWeight } from '../../engine/profile/paired'
import { leastSize } from '../../engine/session/effective-sizes'
import { World } from '../../engine/worlds'
import type { Measure, Pair } from './compare'
import type { CompareState } from './compare-state'
import { flameOf } from './derived'

export interface ComparedFunctions extends FunctionDifferences {
  /** 1 for each function that runs only while the guest is idle: more of it is neither slower nor faster. */
  idle: Uint8Array
}

/** Functions whatever their callers, of both sides. */
export function comparedFunctions(
  pair: Pair, whole: Pair, scope: 'total' | 'vmm', weight: PairedWeight, measure: Measure, of: 'self' | 'total',
): ComparedFunctions {
  const trees = [flameOf(pair.a.profile, weight.a, scope, null).tree, flameOf(pair.b.profile, weight.b, scope, null).tree] as const
  const [a, b] = [leastSize(pair.a, whole.a), leastSize(pair.b, whole.b)]
  const { rows, differences } = functionDifferences(trees, of, {
    scaleA: measure.wholeA, scaleB: measure.wholeB, evidence: weight.evidence,
    ...(a === null ? {} : { effectiveA: () => a }), ...(b === null ? {} : { effectiveB: () => b }),
  })
  const busy = new Set(trees.flatMap(({ frame, frames, world }) => Array.from(frame.keys())
    .filter((node) => node > 0 && world[node] !== World.GuestIdle).map((node) => keyOf(frames.module[frame[node]!]!, frames.name[frame[node]!]!))))
  return { rows, differences, idle: Uint8Array.from(rows, ({ module, name }) => Number(!busy.has(keyOf(module, name)))) }
}

const keyOf = (module: string, name: string) => `${module}\n${name}`

/** Numbers of the rows whose name or module holds the text (any case), in the order asked for. */
export function orderedFunctions(
  { rows, differences }: ComparedFunctions, { search, sort, down }: Pick<CompareState['functions'], 'search' | 'sort' | 'down'>,
): number[] {
  const wanted = search.trim().toLowerCase()
  const found = rows.flatMap(({ name, module }, row) =>
    (wanted === '' || name.toLowerCase().includes(wanted) || module.toLowerCase().includes(wanted) ? [row] : []))
  const way = down ? -1 : 1
  const byText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0)
  const { a, b, difference, verdict } = differences
  const order: Record<typeof sort, (x: number, y: number) => number> = {
    name: (x, y) => -byText(rows[x]!.name, rows[y]!.name),
    module: (x, y) => -byText(rows[x]!.module, rows[y]!.module),
    a: (x, y) => a[x]! - a[y]!,
    b: (x, y) => b[x]! - b[y]!,
    difference: (x, y) => Math.abs(difference[x]!) - Math.abs(difference[y]!),
    verdict: (x, y) => verdict[x]! - verdict[y]!,
  }
  return found.sort((x, y) => way * order[sort](x, y) || Math.abs(difference[y]!) - Math.abs(difference[x]!) || x - y)
}
