import { shareOf } from '../../state/derived'
import type { ShownFlame } from '../../state/flame-shown'
import type { FlameState, FunctionColumn } from '../../state/flame-state'

/** Rows of the function table in the order asked for; equal ones stay by descending self. Intervals go by their lower end. */
export function sortedFunctions(flame: ShownFlame, sort: FlameState['sort']): Int32Array {
  const { functions: { frame, self, total }, tree: { frames } } = flame.down
  const type = flame.run.profile.weightTypes[flame.weight]
  const low = (part: number) => shareOf(part, flame.whole, type).ci95?.[0] ?? 0
  const names = { name: frames.name, module: frames.module }
  const rows = Int32Array.from(frame.keys())
  const direction = sort.descending ? -1 : 1
  if (sort.by === 'name' || sort.by === 'module') {
    const texts = names[sort.by]
    return rows.sort((a, b) => direction * compareText(texts[frame[a]!]!, texts[frame[b]!]!) || a - b)
  }
  const figures: Record<Exclude<FunctionColumn, 'name' | 'module'>, (row: number) => number> = {
    self: (row) => self[row]!, weight: (row) => self[row]!, total: (row) => total[row]!,
    'self-interval': (row) => low(self[row]!), 'total-interval': (row) => low(total[row]!),
  }
  const by = Float64Array.from(rows, figures[sort.by])
  return rows.sort((a, b) => direction * (by[a]! - by[b]!) || a - b)
}

/** By code units: the same order on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
