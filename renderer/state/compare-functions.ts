import type { PairChoice, PairFunctions } from '../../engine/profile/pair-drawings'
import type { TreeArgs } from '../../engine/profile/tree-work'
import { leastSize } from '../../engine/session/effective-sizes'
import type { Pair } from './compare'
import type { CompareState } from './compare-state'

export type ComparedFunctions = PairFunctions

/** Functions whatever their callers, of both sides. `whole`: the runs of the session, of which the pair may show a range. */
export function functionsArgs(pair: Pair, whole: Pair, choice: PairChoice, of: 'self' | 'total'): TreeArgs<'functions'> {
  return { choice, of, sizes: { a: leastSize(pair.a, whole.a), b: leastSize(pair.b, whole.b) } }
}

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
