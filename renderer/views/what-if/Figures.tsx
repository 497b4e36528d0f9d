import type { SimulatedRun } from '../../../engine/session/document'
import { microsecondsAPacket } from '../../state/compare'
import { fixed } from '../../state/numbers'
import { changeOf } from './change-words'

interface Figure {
  label: string
  unit: string
  /** Unit of a difference, where it is another one. */
  points: string
  digits: number
  better: 'up' | 'down' | null
  how: string
  of: (run: SimulatedRun) => number | null
}

const figures: readonly Figure[] = [
  { label: 'throughput', unit: 'Mb/s', points: '', digits: 1, better: 'up', how: 'Of the guest program\'s data, from start to end of the transfer', of: ({ report }) => report.throughputMbps },
  { label: 'a packet', unit: 'µs', points: '', digits: 1, better: 'down', how: 'Elapsed time for each packet that carries data', of: microsecondsAPacket },
  { label: 'guest idle of total', unit: '%', points: 'points', digits: 1, better: null, how: 'Directly measured', of: ({ report }) => report.idlePercent.direct },
]

/** The whole run in three figures, beside the baseline's. */
export function Figures({ run, baseline }: { run: SimulatedRun; baseline: { name: string; run: SimulatedRun } | null }) {
  return (
    <div className="what-if-figures" data-testid="what-if-figures">
      {figures.map(({ label, unit, points, digits, better, how, of }) => {
        const value = of(run)
        const before = baseline && of(baseline.run)
        const change = value !== null && before !== null ? changeOf(value, before, points, digits, better) : null
        return (
          <div key={label} className="what-if-figure" title={`${how}; one run with seed ${run.report.scenario.seed}, no interval.`}>
            <span className="quiet">{label}</span>
            <span>
              <span className="what-if-value">{value === null ? '–' : `${fixed(value, digits)} ${unit}`}</span>
              {before !== null && <span className="quiet"> was {fixed(before, digits)}</span>}
            </span>
            {change && (
              <span className={`what-if-change ${change.verdict}`}>
                <span aria-hidden="true">{change.arrow}</span> {change.words}
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}
