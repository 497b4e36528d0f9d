import type { ReactNode } from 'react'
import type { Reading } from '../../../engine/experiments/row-instruments'
import { digitsFor, fixed, intervalText, signed, significant, whole } from '../../state/numbers'
import { differenceOf, type ShownRow, type TableColumnId } from '../../state/table-columns'
import { Dash } from '../../widgets/Dash'

const noPaper = 'The paper has no figure for this row of this scenario.'

/** One of the columns that can be switched; `reason`: why the row has no figure at all. */
export function Cell({ id, shown, reason }: { id: TableColumnId; shown: ShownRow; reason: string }) {
  return <td className={id === 'status' ? 'quiet' : 'num'} data-column={id}>{contentOf(id, shown, reason)}</td>
}

function contentOf(id: TableColumnId, { row, readings }: ShownRow, reason: string): ReactNode {
  const digits = digitsFor(row.ci95)
  switch (id) {
    case 'sampled': case 'direct': case 'derived':
      return <ReadingCell reading={readings[id]} />
    case 'average':
      return row.averageMicroseconds === null ? <Dash reason="No probe times this row by itself." /> : significant(row.averageMicroseconds)
    case 'truth':
      return row.truthPercent === null ? <Dash reason={reason} /> : fixed(row.truthPercent, Math.max(1, digits))
    case 'paper':
      return row.paper ? <em>{fixed(row.paper.percent, 1)}</em> : <Dash reason={noPaper} />
    case 'paper-average': {
      const average = row.paper?.averageMicroseconds ?? null
      return average === null ? <Dash reason={row.paper ? 'The paper gives no average for this row.' : noPaper} /> : <em>{significant(average)}</em>
    }
    case 'difference': {
      const difference = differenceOf(row)
      return difference === null ? <Dash reason="Nothing to compare with." /> : signed(difference, Math.min(1, digits))
    }
    case 'effective':
      return row.effectiveSamples === undefined || row.effectiveSamples === null
        ? <Dash reason="The row has no sampled interval of its own." /> : whole(row.effectiveSamples)
    case 'weight':
      return null
    case 'status':
      return row.status
  }
}

/** Cycle counts have no interval of their own: two decimals, unless a sampled denominator allows fewer. */
function ReadingCell({ reading }: { reading: Reading }) {
  if (reading.percent === null) return <Dash reason={`${reading.why[0]!.toUpperCase()}${reading.why.slice(1)}`} />
  const digits = reading.ci95 ? digitsFor(reading.ci95) : 2
  return (
    <span title={`${reading.ci95 ? `${intervalText(reading.ci95, digits)}; ` : ''}${reading.words}`}>
      {fixed(reading.percent, digits)}
    </span>
  )
}
