import type { ImportedTable } from '../../engine/profile/classify/table-types'
import type { ComparableRow } from '../../engine/profile/compare'
import { comparedRows, countWeight } from '../../engine/profile/paired'
import type { TableRow } from '../../engine/run-report'
import type { SessionRun } from '../../engine/session/document'
import { differencesOfTables, type Difference } from './row-difference'
import { useImportedTable } from './imported-tables'
import { paperPercent } from './table-text'
import type { Pair } from './compare'

/** One row of Table 2 on both sides, whatever kinds of runs they are. */
export interface PairedRow {
  id: string
  label: string
  scope: 'total' | 'vmm'
  a: ComparableRow | null
  b: ComparableRow | null
  /** Why a side has no figure. */
  why: (side: 'a' | 'b') => string
  difference: Difference
  paper: TableRow['paper']
}

export interface PairedTables {
  rows: PairedRow[]
}

/** Table 2 of both sides; null until the engine has worked out those of recorded profiles. */
export function usePairedTables({ a, b }: Pair): PairedTables | null {
  const ofA = useImportedTable(a, countWeight(a.profile))
  const ofB = useImportedTable(b, countWeight(b.profile))
  const rowsA = rowsOf(a, ofA?.table)
  const rowsB = rowsOf(b, ofB?.table)
  return rowsA && rowsB ? pairedTables(rowsA, rowsB) : null
}

function rowsOf(run: SessionRun, imported: ImportedTable | undefined): readonly (ComparableRow | TableRow)[] | null {
  return run.kind === 'simulated' ? run.report.table : imported?.rows ?? null
}

/**
 * Rows of two tables by id, in A's order and B's own behind them. Rows of recorded profiles that neither side has anything
 * in are left out, as are those of a simulated machine that recorded profiles cannot tell apart and that are empty.
 */
export function pairedTables(rowsA: readonly (ComparableRow | TableRow)[], rowsB: readonly (ComparableRow | TableRow)[]): PairedTables {
  const simulated = isSimulated(rowsA) && isSimulated(rowsB)
  const [shownA, shownB] = comparedRows(rowsA, rowsB, simulated)
  const inA = new Map(shownA.map((row) => [row.id, row]))
  const inB = new Map(shownB.map((row) => [row.id, row]))
  const ids = [...new Set([...inA.keys(), ...inB.keys()])]
  const differences = differencesOfTables(shownA, shownB)
  return {
    rows: ids.map((id): PairedRow => {
      const [a, b] = [inA.get(id) ?? null, inB.get(id) ?? null]
      const { label, scope } = (a ?? b)!
      return {
        id, label, scope, a, b, difference: differences.get(id)!, paper: paperOf(b) ?? paperOf(a) ?? (simulated ? null : paperOfImports(id)),
        why: (side) => ((side === 'a' ? a : b) ? 'Nothing of its scope was recorded.' : 'This side has no such row: it cannot be told apart there.'),
      }
    }),
  }
}

const isSimulated = (rows: readonly (ComparableRow | TableRow)[]) => rows.some((row) => 'truthPercent' in row)

function paperOf(row: ComparableRow | TableRow | null): TableRow['paper'] {
  return row && 'paper' in row ? row.paper : null
}

function paperOfImports(id: string): TableRow['paper'] {
  const percent = paperPercent(id)
  return percent === null ? null : { percent, averageMicroseconds: null }
}
