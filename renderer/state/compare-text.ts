import { worldIds, worldNames } from '../../engine/worlds'
import type { CompareBoxes } from './compare-boxes'
import type { ComparedFunctions } from './compare-functions'
import type { LadderView } from './compare-ladder'
import { optimizationNames } from './compare-ladder'
import { worldsOfPair, type Pair } from './compare'
import { csvText } from '../../engine/csv'
import { evidenceWords, verdictWords } from './difference-words'
import type { PairedTables } from './paired-tables'

/** Tables of the comparison as CSV: the numbers on screen, with six digits. Differences are B minus A. */

/** Table 2 of the two side by side as far as it is there, and their worlds. `whole`: the runs of which the pair may show a range. */
export function rowsText(pair: Pair, whole: Pair, tables: PairedTables | null): string {
  const { a, b } = pair
  const { rows: found, evidence } = worldsOfPair(pair, whole)
  const worlds = found.map(({ world, a: ofA, b: ofB, difference: { points, ci95, words } }) => [
    `world-${worldIds[world]!}`, worldNames[world]!, `of total time, ${evidenceWords[evidence]}`, ofA, ofB, points, ci95?.[0] ?? null, ci95?.[1] ?? null,
    words, null, null,
  ])
  return csvText([[
    'id', 'row', 'scope', `A % (${a.name})`, `B % (${b.name})`, 'B - A points', 'ci95 low', 'ci95 high', 'verdict',
    'paper %', 'paper average us',
  ], ...tableRows(tables), ...worlds])
}

function tableRows(tables: PairedTables | null): (string | number | null)[][] {
  if (!tables) return []
  return tables.rows.map(({ id, label, scope, a, b, paper, difference: { points, ci95, words } }) => [
    id, label, scope === 'vmm' ? 'of VMM time' : 'of total time', a?.percent ?? null, b?.percent ?? null, points,
    ci95?.[0] ?? null, ci95?.[1] ?? null, words, paper?.percent ?? null, paper?.averageMicroseconds ?? null,
  ])
}

export function functionsText({ rows, differences }: ComparedFunctions, order: readonly number[], of: 'self' | 'total', { weight, measure }: Pick<CompareBoxes, 'weight' | 'measure'>, digits: number): string {
  const { a, b, difference, lo, hi } = differences
  const number = (value: number) => (Number.isNaN(value) ? null : value)
  const said = { unit: measure.unitOfDifference, parts: 'functions', evidence: weight.evidence, digits }
  return csvText([
    ['function', 'module', `A ${of} ${measure.unit}`, `B ${of} ${measure.unit}`, `B - A ${measure.unitOfDifference}`, 'ci95 low', 'ci95 high', 'verdict'],
    ...order.map((row) => [
      rows[row]!.name, rows[row]!.module, a[row]!, b[row]!, difference[row]!, number(lo[row]!), number(hi[row]!),
      verdictWords(differences, row, said),
    ]),
  ])
}

/** Microseconds a packet that each step adds, by row; the last line is the whole. */
export function ladderText({ steps, rows, whole, rungs }: LadderView): string {
  const names = steps.map(({ optimization }) => optimizationNames[optimization])
  return csvText([
    ['row', '2.0 us a packet', ...names.map((name) => `+ ${name}, this order`), ...names.map((name) => `${name}, any order`), 'optimized us a packet'],
    ...rows.map((row) => [row.label, row.before, ...row.steps.map(({ mean }) => mean), ...row.shares.map(({ mean }) => mean), row.after]),
    ['all', rungs[0]!.microseconds.mean, ...steps.map(({ change }) => change.mean), ...steps.map(({ share }) => share.mean), rungs.at(-1)!.microseconds.mean],
    ['95 % half width over seeds', null, ...steps.map(({ change }) => half(change.ci95)), ...steps.map(({ share }) => half(share.ci95)), half(whole.ci95)],
  ])
}

const half = (interval: readonly [number, number] | null) => (interval ? (interval[1] - interval[0]) / 2 : null)
