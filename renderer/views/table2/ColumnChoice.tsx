import { useRef } from 'react'
import { toggleColumn } from '../../state/actions-table'
import { tableColumns, type TableColumnId } from '../../state/table-columns'
import { Switch } from '../../widgets/controls'

/** Which columns stand; folds up when the focus leaves it, or with Escape. */
export function ColumnChoice({ shown, of }: { shown: readonly TableColumnId[]; of: readonly TableColumnId[] }) {
  const details = useRef<HTMLDetailsElement>(null)
  const close = () => { if (details.current) details.current.open = false }
  return (
    <details className="column-choice" ref={details} data-testid="table2-columns"
      onBlur={(event) => { if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) close() }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return
        event.stopPropagation()
        close()
        details.current.querySelector('summary')?.focus()
      }}>
      <summary className="button">Columns ({shown.length} of {of.length})</summary>
      <div className="column-list">
        {of.map((id) => (
          <Switch key={id} label={tableColumns[id].name} title={tableColumns[id].about} testId={`table2-column-${id}`}
            checked={shown.includes(id)} onChange={() => toggleColumn(id)} />
        ))}
      </div>
    </details>
  )
}
