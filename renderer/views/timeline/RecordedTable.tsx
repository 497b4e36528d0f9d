import { useMemo } from 'react'
import { binSamples, laneNames } from '../../../engine/profile/range'
import type { ImportedRun } from '../../../engine/session/document'
import { worldNames } from '../../../engine/worlds'
import { shareOf } from '../../state/derived'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'
import type { TimelineSpan } from '../../state/timeline-state'
import { Swatch } from '../../widgets/world'

interface RecordedTableProps {
  run: ImportedRun
  window: TimelineSpan
  weight: number
}

/** Threads by world: how much of what is on screen was found in each. */
export function RecordedTable({ run, window, weight }: RecordedTableProps) {
  const { profile } = run
  const type = profile.weightTypes[weight]!
  const unit = type.unit === 'count' ? type.name : type.unit
  const { names, sums, all } = useMemo(() => {
    const { counts } = binSamples(profile, window, 1, weight)
    return { names: laneNames(profile), sums: counts, all: counts.reduce((sum, lane) => lane.reduce((a, b) => a + b, sum), 0) }
  }, [profile, window, weight])
  const rows = names.flatMap((name, lane) => worldNames.flatMap((_, world) => (
    sums[lane]![world]! > 0 ? [{ name, lane, world, part: sums[lane]![world]! }] : [])))
  return (
    <div className="timeline-table" tabIndex={0} role="region" aria-label="What is on screen, in figures" data-testid="timeline-figures">
      <table>
        <caption>{whole(all)} {unit} on screen by thread and world, share of those on screen ({type.kind === 'true' ? 'counted' : 'sampled'})</caption>
        <thead>
          <tr>
            <th scope="col">Thread</th><th scope="col">World</th><th scope="col" className="num">{unit}</th>
            <th scope="col" className="num">% of those on screen</th><th scope="col" className="num">95 %</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, lane, world, part }, index) => {
            const share = shareOf(part, all, type)
            return (
              <tr key={`${lane} ${world}`}>
                <th scope="row" className="mono"><span className={rows[index - 1]?.lane === lane ? 'visually-hidden' : undefined}>{name}</span></th>
                <td><span className="timeline-world"><Swatch world={world} />{worldNames[world]}</span></td>
                <td className="num">{whole(part)}</td>
                <td className="num">{fixed(share.percent, digitsFor(share.ci95))}</td>
                <td className="num quiet">{share.ci95 ? intervalText(share.ci95, digitsFor(share.ci95)) : '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {rows.length === 0 && <p className="quiet timeline-note">No sample on screen.</p>}
    </div>
  )
}
