import { compareRows, type RowComparison } from '../profile/compare'
import type { RunReport } from '../run-report'
import { columns, figure, interval, signed } from './columns'

/** Two runs side by side: headline figures, then Table 2 row by row with differences B - A. */
export function compareText(a: RunReport, b: RunReport): string {
  return [
    'Comparison',
    `  A  ${a.name}`,
    `  B  ${b.name}`,
    '',
    ...columns([['', 'A', 'B', 'B - A'], ...headlines(a, b)]),
    '',
    'Verdicts allow for all rows being looked at together (Benjamini-Hochberg, 5 %).',
    ...comparedRowsText(rowsOf(a, b)),
    '',
  ].join('\n')
}

export function headlines(a: RunReport, b: RunReport): string[][] {
  const aPacket = (amount: number, { counts }: RunReport) => counts.packetsSent > 0 ? amount / counts.packetsSent : null
  const line = (name: string, of: (report: RunReport) => number | null, digits: number) => {
    const [x, y] = [of(a), of(b)]
    return [name, figure(x, digits), figure(y, digits), signed(x === null || y === null ? null : y - x, digits)]
  }
  return [
    line('throughput, Mb/s', (report) => report.throughputMbps, 2),
    line('guest idle, % of total time', (report) => report.idlePercent.direct ?? report.idlePercent.truth, 2),
    line('us a packet', (report) => aPacket(report.simulatedSeconds * 1e6, report), 2),
    line('world switches a packet', (report) => aPacket(report.counts.worldSwitches, report), 3),
  ]
}

interface ComparedRow {
  label: string
  scope: 'total' | 'vmm'
  a: number | null
  b: number | null
  points: number | null
  ci95: readonly [number, number] | null
  verdict: RowComparison['verdict']
}

function rowsOf(a: RunReport, b: RunReport): ComparedRow[] {
  const compared = compareRows(a.table, b.table)
  const ordered = (['total', 'vmm'] as const).flatMap((scope) => compared.filter((row) => row.scope === scope))
  return ordered.map(({ label, scope, a: rowA, b: rowB, difference, verdict }) => ({
    label, scope, a: rowA?.percent ?? null, b: rowB?.percent ?? null, points: difference?.points ?? null, ci95: difference?.ci95 ?? null, verdict,
  }))
}

/** Rows of Table 2 of two runs, in the order given. */
export function comparedRowsText(rows: readonly ComparedRow[]): string[] {
  const lines = rows.map(({ label, scope, a, b, points, ci95, verdict }) => [
    label, scope === 'total' ? 'total' : 'VMM', figure(a, 1), figure(b, 1), signed(points, 1), interval(ci95, 1, signed),
    verdict === null ? '-' : verdict === 'no evidence' ? 'no evidence of a difference' : verdict,
  ])
  return columns([['Table 2', 'of', 'A %', 'B %', 'B - A', '95 % interval', 'verdict'], ...lines], [0, 1, 6])
}
