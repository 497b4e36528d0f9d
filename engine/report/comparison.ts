import { digitsFor, digitsForDifference, fixed, intervalText, signed, significant } from '../figure-text'
import { compareRows, unlikeSamples, type ComparableRow, type RowComparison } from '../profile/compare'
import { comparedRows } from '../profile/paired'
import type { SessionDocument, SessionRun } from '../session/document'
import { dash, figures, words, type Block } from './blocks'

/** The chosen pair, or the first two runs, in the window as in the report. */
export function pairOf({ runs, view }: SessionDocument): [SessionRun, SessionRun] | null {
  const [chosenA, chosenB] = [view.compare?.a, view.compare?.b].map((id) => runs.find((run) => run.id === id))
  // a file may name runs that are not there: the other side is then not taken twice
  const a = chosenA ?? runs.find((run) => run !== chosenB)
  const b = chosenB ?? runs.find((run) => run !== a)
  return a && b && a !== b ? [a, b] : null
}

/** `tableOf`: Table 2 of a run, whichever kind it is. */
export function comparisonBlocks(
  document: SessionDocument, pictures: readonly { name: string; svg: string }[], tableOf: (run: SessionRun) => readonly ComparableRow[],
): Block[] {
  const pair = pairOf(document)
  if (!pair) return []
  const [a, b] = pair
  const unlike = unlikeSamples(a.profile, b.profile)
  return [
    { kind: 'heading', level: 2, text: `Comparison: ${a.name} (A) and ${b.name} (B)` },
    { kind: 'paragraph', text: 'Differences are B minus A, in points. A verdict allows for all rows that were looked at (Benjamini-Hochberg, false discovery rate 5 %).' },
    ...(unlike === null ? [] : [{ kind: 'paragraph', text: unlike } as const]),
    ...pictures.map((picture): Block => ({ kind: 'picture', ...picture })),
    ...(a.kind === 'simulated' && b.kind === 'simulated' ? [throughput(a.report.throughputMbps, b.report.throughputMbps)] : []),
    rowsTable(compareRows(...comparedRows(tableOf(a), tableOf(b), a.kind === 'simulated' && b.kind === 'simulated'))),
  ]
}

function throughput(a: number, b: number): Block {
  const ratio = a > 0 ? `: ${significant(b / a)} times A's` : ''
  return { kind: 'paragraph', text: `Throughput: A ${fixed(a, 1)} Mb/s, B ${fixed(b, 1)} Mb/s${ratio}.` }
}

function rowsTable(rows: readonly RowComparison<ComparableRow>[]): Block {
  const applying = rows.filter(({ a, b }) => (a?.percent ?? null) !== null || (b?.percent ?? null) !== null)
  const percent = (row: ComparableRow | null) => (row === null || row.percent === null ? dash : fixed(row.percent, digitsFor(row.ci95)))
  return {
    kind: 'table', caption: 'Table 2 of both',
    columns: [words('Row'), words('of'), figures('A, %'), figures('B, %'), figures('B − A, points'), figures('95 % interval'), words('verdict')],
    rows: applying.map(({ label, scope, a, b, difference, verdict }) => {
      const digits = digitsForDifference(difference?.ci95 ?? null)
      return [
        label, scope === 'vmm' ? 'VMM time' : 'total time', percent(a), percent(b),
        difference ? signed(difference.points, digits) : dash, difference?.ci95 ? intervalText(difference.ci95, digits) : dash,
        verdictWords(verdict, difference),
      ]
    }),
  }
}

function verdictWords(verdict: RowComparison['verdict'], difference: RowComparison['difference']): string {
  if (!difference) return 'only one run has it'
  if (verdict === null) return 'no interval, so no verdict'
  return verdict === 'no evidence' ? 'no evidence of a difference' : verdict
}
