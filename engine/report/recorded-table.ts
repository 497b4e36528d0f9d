import { digitsFor, fixed, intervalText, whole } from '../figure-text'
import { asRead, findRuleSet } from '../profile/classify/propose'
import { shownRows } from '../profile/classify/rows'
import type { RuleSet } from '../profile/classify/rule'
import type { ImportedTable, ImportedTableRow } from '../profile/classify/table-types'
import type { ImportedRun } from '../session/document'
import { dash, figures, scopeNames, words, type Block } from './blocks'

/** By which rules, and both scopes with their intervals: rows that have something, and always what no rule decided. */
export function recordedTables({ rules }: ImportedRun, table: ImportedTable | undefined, own: readonly RuleSet[] | undefined): Block[] {
  if (!table) return [{ kind: 'paragraph', text: 'Table 2 of this recording could not be worked out.' }]
  const set = findRuleSet(rules?.set ?? asRead, own)
  const by = set ? `the rules ${set.name}` : 'the file itself'
  const independent = table.single ? 'Intervals allow for samples that follow from each other' : 'Intervals are as of independent samples'
  return [
    { kind: 'paragraph', text: `Rows and worlds are by ${by}${rules ? `: ${rules.reason}` : ''}. ${table.rows.some(({ ci95 }) => ci95) ? `${independent}.` : 'The weight is no count of samples: there are no intervals.'}` },
    ...(['total', 'vmm'] as const).map((scope) => scopeTable(table, scope)),
  ]
}

function scopeTable({ rows, weight }: ImportedTable, scope: 'total' | 'vmm'): Block {
  const shown = shownRows(rows).filter((row) => row.scope === scope)
  if (shown.length === 0) return { kind: 'paragraph', text: `Table 2, ${scopeNames[scope]}: nothing was recorded.` }
  return {
    kind: 'table', caption: `Table 2, ${scopeNames[scope]}`,
    columns: [words('Row'), figures(weight.name), figures(`% ${scopeNames[scope]}`), figures('95 % interval'), figures('counts as'), words('how')],
    rows: shown.map((row) => rowCells(row, weight.kind)),
  }
}

function rowCells({ label, weight, percent, ci95, effectiveSamples }: ImportedTableRow, kind: string): string[] {
  const digits = digitsFor(ci95)
  return [
    label, whole(weight), percent === null ? dash : fixed(percent, digits), ci95 ? intervalText(ci95, digits) : dash,
    effectiveSamples === null ? dash : whole(Math.round(effectiveSamples)), kind,
  ]
}
