import type { SimulatedRun } from '../../../engine/session/document'
import { microsecondsAPacket } from '../../state/compare'
import { fixed } from '../../state/numbers'
import { changeOf } from './change-words'

interface Figure {
  label: string
  unit: string
  digits: number
  better: 'up' | 'down' | null
  how: string
  of: (run: SimulatedRun) => number | null
}

const figures: readonly Figure[] = [
  { label: 'throughput', unit: 'Mb/s', digits: 1, better: 'up', how: 'Of the guest program\'s data, from start to end of the transfer', of: ({ report }) => report.throughputMbps },
  { label: 'a packet', unit: 'µs', digits: 1, better: 'down', how: 'Elapsed time for each packet that carries data', of: microsecondsAPacket },
  { label: 'guest idle, of total time', unit: '%', digits: 1, better: null, how: 'Directly measured', of: ({ report }) => report.idlePercent.direct },
]

/** The whole run in three figures, beside the baseline's. */
export function Figures({ run, baseline }: { run: SimulatedRun; baseline: { name: string; run: SimulatedRun } | null }) {
  const fitted = run.report.table.some(({ paper }) => paper !== null)
  return (
    <div className="what-if-figures" data-testid="what-if-figures">
      {figures.map(({ label, unit, digits, better, how, of }) => {
        const value = of(run)
        const before = baseline && of(baseline.run)
        const change = value !== null && before !== null ? changeOf(value, before, unit, digits, better) : null
        return (
          <div key={label} className="what-if-figure" title={`${how}; one run with seed ${run.report.scenario.seed}, no interval.`}>
            <span className="quiet">{label}</span>
            <span className="what-if-value">{value === null ? '–' : `${fixed(value, digits)} ${unit}`}</span>
            {change && (
              <span className={`what-if-change ${change.verdict}`}>
                <span aria-hidden="true">{change.arrow}</span> {change.words}<span className="quiet"> (baseline {fixed(before!, digits)})</span>
              </span>
            )}
          </div>
        )
      })}
      <span className="quiet what-if-status" data-testid="what-if-status" title={fitted ? 'This is the scenario of the paper\'s Table 2: the status of each row says what was fitted to it.' : 'No figure of the paper was fitted to these values.'}>
        {fitted ? 'status: see the rows' : 'predicted'}
      </span>
    </div>
  )
}
