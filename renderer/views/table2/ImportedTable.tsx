import type { ImportedTable as Table } from '../../../engine/profile/classify/table-types'
import { isSampledCount } from '../../../engine/profile/compare'
import type { ImportedRun } from '../../../engine/session/document'
import { chooseRuleSet, showRules } from '../../state/actions-rules'
import { selectRun } from '../../state/actions-runs'
import { samplesName, samplesOf, weightIndex } from '../../state/derived'
import { ruleSetId, ruleSetOf, useImportedTable } from '../../state/imported-tables'
import { whole } from '../../state/numbers'
import { inRange, shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { importedColumnIds } from '../../state/table-columns'
import { shownImportedColumns } from '../../state/table-state'
import { importedTableText, weightName } from '../../state/table-text'
import { shippedSets } from '../../../engine/profile/classify/sets'
import { Segmented } from '../../widgets/controls'
import { RunPicker } from '../../widgets/RunPicker'
import { CardTables } from './CardTables'
import { ColumnChoice } from './ColumnChoice'
import { CopyButtons } from './CopyButtons'
import { ImportedRows } from './ImportedRows'
import { RuleEditor } from './RuleEditor'
import { Head } from './TableHead'

/** Table 2 of a machine that exists: rows by rules on threads, modules and functions; and the rules themselves. */
export function ImportedTable({ run }: { run: ImportedRun }) {
  const runs = useWorkbench((state) => state.document.runs)
  const part = useWorkbench((state) => state.table.part)
  const shown = useWorkbench((state) => shownRun(state, run)) as ImportedRun
  const wanted = useWorkbench((state) => state.document.view.weight)
  const range = useWorkbench((state) => inRange(state, run) !== null)
  const chosen = useWorkbench((state) => state.document.view.tableColumns)
  const weight = weightIndex(shown.profile, wanted)
  const found = useImportedTable(shown, weight)
  return (
    <section className="table2-view" aria-label={`Table 2 of ${run.name}`}>
      <header className="view-header">
        <RunPicker runs={runs} value={run.id} onChange={selectRun} testId="table2-run" />
        <Segmented label="Table or rules" value={part} onChange={(value) => showRules(value === 'rules')} testId="table2-part"
          options={[{ value: 'rows', label: 'Table' }, { value: 'rules', label: 'Rules' }]} />
        <RuleSetChoice run={run} />
        {part === 'rows' && <ColumnChoice shown={shownImportedColumns(chosen)} of={importedColumnIds} />}
        {part === 'rows' && found && (
          <CopyButtons name={`Table 2 of ${run.name}`} text={(separator) => importedTableText(found.table, separator)} />
        )}
      </header>
      {part === 'rules' ? <RuleEditor run={run} shown={shown} weight={weight} />
        : <Rows run={run} shown={shown} found={found} weight={weight} range={range} columns={shownImportedColumns(chosen)} />}
    </section>
  )
}

function RuleSetChoice({ run }: { run: ImportedRun }) {
  const own = useWorkbench((state) => state.document.ruleSets)
  const id = ruleSetId(run)
  const set = ruleSetOf(run, own)
  return (
    <select className="select rule-set" aria-label="Rules that classify this profile" data-testid="rule-set" value={id}
      title={set?.about ?? 'The worlds are the file’s own'} onChange={(event) => chooseRuleSet(run.id, event.target.value)}>
      {!set && <option value={id}>{id === 'as-read' ? 'worlds of the file' : 'rules that are not here'}</option>}
      {[...shippedSets, ...(own ?? [])].map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
    </select>
  )
}

interface RowsProps {
  run: ImportedRun
  shown: ImportedRun
  found: { table: Table; stale: boolean } | null
  weight: number
  range: boolean
  columns: ReturnType<typeof shownImportedColumns>
}

function Rows({ run, shown, found, weight, range, columns }: RowsProps) {
  const own = useWorkbench((state) => state.document.ruleSets)
  const set = ruleSetOf(run, own)
  const unit = weightName(shown.profile, weight)
  const type = shown.profile.weightTypes[weight]
  return (
    <div className="table2-scroll" tabIndex={0} role="region" aria-label="Rows of Table 2" aria-busy={found?.stale ?? true}>
      <CardTables run={run} />
      <p className="table2-note" data-testid="rules-reason">
        {whole(samplesOf(shown))} {samplesName(shown)}{range ? ' in the range' : ''}{isSampledCount(type) || unit === samplesName(shown) ? '' : `, weighed by ${unit}`}. {set
          ? <>Classified by the rules <strong>{set.name}</strong>: {run.rules?.reason ?? 'by this session'}.</>
          : <>The worlds are as the file has them{run.rules ? `: ${run.rules.reason}` : ''}; each stands in one row. Choose rules above to classify by.</>}
      </p>
      {set && set.about !== '' && (
        <details className="table2-note table2-about"><summary>What VMM time is by these rules</summary><p>{set.about}</p></details>
      )}
      {found && (
        <table className="table2" data-testid="table2">
          <caption className="visually-hidden">Where the time of {run.name} goes, in the rows of the paper&apos;s Table 2</caption>
          <thead>
            <tr>
              <Head by="label" about="By name">Row</Head>
              <Head by="percent" numeric about="Share of the scope, sampled">%</Head>
              <th scope="col" className="col-interval">95 % interval</th>
              {columns.includes('weight') && <Head by="weight" numeric about="What was recorded in the row">{unit}</Head>}
              {columns.includes('effective') && <Head by="effective" numeric about="How many independent samples they count for">eff. samples</Head>}
              {columns.includes('paper') && (
                <Head by="paper" numeric about="Sugerman et al., USENIX ATC 2001, Table 2, in percent: of another machine"><em>paper</em></Head>
              )}
            </tr>
          </thead>
          <ImportedRows run={run} table={found.table} columns={columns} />
        </table>
      )}
      <p className="quiet table2-note">
        {type?.kind === 'true' ? 'Counted, not sampled: there is no interval.'
          : !isSampledCount(type) ? `Without intervals: ${unit} weigh the samples, and only their count is a draw. Choose samples in the flame’s header.`
          : found?.table.single ? 'Sampled. The intervals allow for samples that follow from each other: a thread that waits is seen waiting many times in a row.'
            : 'Sampled. The intervals take samples as independent: the file does not say in which order they came.'}
        {' '}A row is where the sample itself fell, not what it was called by; a sample that no rule decided is unclassified.
      </p>
    </div>
  )
}
