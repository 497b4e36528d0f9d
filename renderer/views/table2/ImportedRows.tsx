import type { ReactNode } from 'react'
import { shownRows } from '../../../engine/profile/classify/rows'
import type { ImportedTable, ImportedTableRow, TableShare } from '../../../engine/profile/classify/table-types'
import type { ImportedRun } from '../../../engine/session/document'
import { select } from '../../state/actions-view'
import { digitsFor, fixed, intervalText, whole, type Interval } from '../../state/numbers'
import { rowOfFrame } from '../../state/flame-rows'
import { useWorkbench } from '../../state/store'
import { sortedBy, type TableColumnId, type TableSort } from '../../state/table-columns'
import { paperPercent } from '../../state/table-text'
import { Dash } from '../../widgets/Dash'
import { Whisker } from '../../widgets/Whisker'
import { Swatch } from '../../widgets/world'

interface Props {
  run: ImportedRun
  table: ImportedTable
  columns: readonly TableColumnId[]
}

/** Both scopes and the worlds: three groups, each with a scale of its own. */
export function ImportedRows({ run, table, columns }: Props) {
  const sort = useWorkbench((state) => state.table.sort)
  const selection = useWorkbench((state) => state.selection)
  const frameRow = selection.kind === 'frame' && selection.run === run.id ? rowOfFrame(run, selection.path) : null
  const rows = shownRows(table.rows)
  return (
    <>
      {(['total', 'vmm'] as const).map((scope) => {
        const ofScope = sorted(rows.filter((row) => row.scope === scope), sort)
        if (ofScope.length === 0) return null
        const domain = domainOf(ofScope)
        return (
          <tbody key={scope}>
            <ScopeHead columns={columns} domain={domain}>{scope === 'vmm' ? 'of VMM time' : 'of total time'}</ScopeHead>
            {ofScope.map((row) => {
              const selected = selection.kind === 'row' && selection.run === run.id && selection.row === row.id
              const related = frameRow === row.id
              return (
                <tr key={row.id} data-testid={`table2-row-${row.id}`} className={selected ? 'selected' : related ? 'related' : undefined}
                  title={row.evidence} onClick={() => select({ kind: 'row', run: run.id, row: row.id })}>
                  <th scope="row">
                    <button type="button" className="link" aria-pressed={selected}>{row.label}</button>
                    {related && <span className="visually-hidden">, holds the selected box of the flame</span>}
                  </th>
                  <Figures share={row} domain={domain} columns={columns} paper={paperPercent(row.id)} />
                </tr>
              )
            })}
          </tbody>
        )
      })}
      <Worlds table={table} columns={columns} />
    </>
  )
}

function Worlds({ table: { worlds }, columns }: Pick<Props, 'table' | 'columns'>) {
  const domain = domainOf(worlds)
  return (
    <tbody>
      <ScopeHead columns={columns} domain={domain}>worlds, of total time</ScopeHead>
      {[...worlds].sort((a, b) => b.weight - a.weight).map((share) => (
        <tr key={share.world} title={share.evidence} data-testid={`world-row-${share.world}`}>
          <th scope="row"><span className="world-name"><Swatch world={share.world} />{share.label}</span></th>
          <Figures share={share} domain={domain} columns={columns} paper={null} />
        </tr>
      ))}
    </tbody>
  )
}

function ScopeHead({ columns, domain, children }: { columns: readonly TableColumnId[]; domain: Interval; children: ReactNode }) {
  return (
    <tr className="table2-scope">
      <th scope="rowgroup" colSpan={2}>{children}</th>
      <td className="quiet scale" colSpan={columns.length + 1}><span>0</span><span>{fixed(domain[1], 0)} %</span></td>
    </tr>
  )
}

function Figures({ share, domain, columns, paper }: { share: TableShare; domain: Interval; columns: readonly TableColumnId[]; paper: number | null }) {
  const { percent, ci95, weight, effectiveSamples, evidence } = share
  const digits = digitsFor(ci95)
  return (
    <>
      <td className="num strong" data-column="percent">{percent === null ? <Dash reason={evidence} /> : fixed(percent, digits)}</td>
      <td className="col-interval">
        {percent !== null && ci95 ? (
          <span className="interval">
            <Whisker value={percent} interval={ci95} domain={domain} />
            <span className="num quiet">{intervalText(ci95, digits)}</span>
          </span>
        ) : <Dash reason={evidence} />}
      </td>
      {columns.includes('weight') && <td className="num" data-column="weight">{whole(weight)}</td>}
      {columns.includes('effective') && (
        <td className="num">{effectiveSamples === null ? <Dash reason="The order of single samples is not known here." /> : whole(effectiveSamples)}</td>
      )}
      {columns.includes('paper') && (
        <td className="num">{paper === null ? <Dash reason="The paper has no such row." /> : <em>{fixed(paper, 1)}</em>}</td>
      )}
    </>
  )
}

function domainOf(shares: readonly TableShare[]): Interval {
  return [0, Math.max(1, ...shares.map(({ percent, ci95 }) => ci95?.[1] ?? percent ?? 0))]
}

function sorted(rows: readonly ImportedTableRow[], sort: TableSort): readonly ImportedTableRow[] {
  if (!sort) return rows
  const keys: Partial<Record<string, (row: ImportedTableRow) => number | string | null>> = {
    label: (row) => row.label, percent: (row) => row.percent, weight: (row) => row.weight, effective: (row) => row.effectiveSamples,
    paper: (row) => paperPercent(row.id),
  }
  const of = keys[sort.by]
  return of ? sortedBy(rows, of, sort.descending) : rows
}
