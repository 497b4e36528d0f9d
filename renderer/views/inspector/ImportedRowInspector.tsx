import { importedRowById } from '../../../engine/profile/classify/rows'
import type { ImportedRun } from '../../../engine/session/document'
import { countWeight } from '../../../engine/profile/paired'
import { ruleSetOf, useImportedTable } from '../../state/imported-tables'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { showRule } from '../../state/actions-rules'
import { conditionsOf } from '../../state/rule-words'
import { inRange, shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { RowStacks } from './RowStacks'

/** A row of a recorded profile's Table 2: its figure, its stacks, and the rules that put samples there. */
export function ImportedRowInspector({ run: whole, rowId }: { run: ImportedRun; rowId: string }) {
  const run = useWorkbench((state) => shownRun(state, whole)) as ImportedRun
  const range = useWorkbench((state) => inRange(state, whole) !== null)
  const own = useWorkbench((state) => state.document.ruleSets)
  const found = useImportedTable(run, countWeight(run.profile))
  const about = importedRowById.get(rowId)
  const row = found?.table.rows.find(({ id }) => id === rowId)
  const set = ruleSetOf(whole, own)
  if (!about) return <p className="quiet">{run.name} has no such row.</p>
  const rules = set?.rules.flatMap((rule, i) => (rule.row === rowId ? [{ rule, number: i + 1 }] : [])) ?? []
  return (
    <>
      <p className="quiet inspector-of">{run.name}</p>
      <h2 className="inspector-title">{about.label}</h2>
      {row && row.percent !== null && (
        <p className="inspector-figure">
          <strong>{fixed(row.percent, digitsFor(row.ci95))} %</strong> {about.scope === 'vmm' ? 'of VMM time' : 'of total time'}{' '}
          {row.ci95 && <span className="quiet">{intervalText(row.ci95, digitsFor(row.ci95))}</span>}
        </p>
      )}
      {range && <p className="quiet">Of the chosen range.</p>}
      <RowStacks run={run} row={about} />
      <h3>How</h3>
      <p>Sampled, and put here by {set ? `the rules ${set.name}` : 'the worlds of the file'}.</p>
      {row && <p className="quiet">{row.evidence}</p>}
      {rules.length > 0 && (
        <ul className="row-rules">
          {rules.map(({ rule, number }) => (
            <li key={number}>
              <button type="button" className="link-text" title={conditionsOf(rule)} onClick={() => showRule(number - 1)}>
                <span className="quiet">{number}:</span> <span className="row-rule">{rule.note ?? conditionsOf(rule)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <h3>What</h3>
      <p>{about.meaning}</p>
    </>
  )
}
