import {
  counterSums, laneSums, markCount,
} from '../../../engine/experiments/recording/timeline-sums'
import { counterIds, laneIds, markKinds, type Slices, type TimelineResult } from '../../../engine/experiments/recording/types'
import type { SimulatedRun } from '../../../engine/session/document'
import { worldNames } from '../../../engine/worlds'
import { select } from '../../state/actions-view'
import { fixed, significant, whole } from '../../state/numbers'
import { counterText, counterTitles, laneTitles, markTitles, microseconds, worldOnLane } from '../../state/slice-words'
import type { TimelineSpan } from '../../state/timeline-state'
import { Dash } from '../../widgets/Dash'
import { Swatch } from '../../widgets/world'

interface SimulatedTableProps {
  run: SimulatedRun
  result: Readonly<TimelineResult>
  window: TimelineSpan
}

/** More rows than these are read in the picture. */
const mostSlices = 80

/** The picture's twin: what is on screen, in figures. */
export function SimulatedTable({ run, result, window }: SimulatedTableProps) {
  const { fromCycles: origin, mhz } = result
  return (
    <div className="timeline-table" tabIndex={0} role="region" aria-label="What is on screen, in figures" data-testid="timeline-figures">
      <div className="timeline-tables">
        <LaneTable result={result} window={window} />
        <div>
          <table>
            <caption>Marks and counters</caption>
            <thead><tr><th scope="col">Marks</th><th scope="col" className="num" colSpan={3}>on screen</th></tr></thead>
            <tbody>
              {markKinds.map((kind) => (
                <tr key={kind} data-testid={`mark-row-${kind}`}>
                  <th scope="row">{markTitles[kind]}</th>
                  <td className="num" colSpan={3}>{whole(markCount(result.marks[kind], result, window.from, window.to))}</td>
                </tr>
              ))}
            </tbody>
            <thead>
              <tr><th scope="col">Counter</th><th scope="col" className="num">least</th><th scope="col" className="num">mean</th><th scope="col" className="num">most</th></tr>
            </thead>
            <tbody>
              {counterIds.map((id) => {
                const sums = counterSums(result.counters[id], origin, window.from, window.to)
                return (
                  <tr key={id} data-testid={`counter-row-${id}`}>
                    <th scope="row">{counterTitles[id]}</th>
                    <td className="num">{sums ? whole(sums.min) : <Dash reason="not known here" />}</td>
                    <td className="num">{sums && sums.mean !== null ? significant(sums.mean) : <Dash reason="bins keep only the least and the most: zoom in" />}</td>
                    <td className="num">{sums ? counterText[id](sums.max) : <Dash reason="not known here" />}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </div>
      <SliceTable run={run} result={result} window={window} mhz={mhz} />
    </div>
  )
}

function LaneTable({ result, window }: Omit<SimulatedTableProps, 'run'>) {
  const length = window.to - window.from
  const rows = laneIds.flatMap((id) => {
    const sums = laneSums(result.lanes[id], result, window.from, window.to)
    const worlds = worldNames.map((_, world) => world).filter((world) => sums[world]! > 0)
    if (worlds.length === 0) return [{ id, world: -1, cycles: 0, first: true }]
    return worlds.map((world, index) => ({ id, world, cycles: sums[world]!, first: index === 0 }))
  })
  return (
    <table>
      <caption>Time by lane and world, in % of the time on screen</caption>
      <thead>
        <tr><th scope="col">Lane</th><th scope="col">World</th><th scope="col" className="num">µs</th><th scope="col" className="num">% on screen</th></tr>
      </thead>
      <tbody>
        {rows.map(({ id, world, cycles, first }) => (
          <tr key={`${id} ${world}`} data-testid={`lane-row-${id}`}>
            <th scope="row"><span className={first ? undefined : 'visually-hidden'}>{laneTitles[id]}</span></th>
            <td>{world >= 0 ? <span className="timeline-world"><Swatch world={world} />{worldOnLane(id, world)}</span> : <span className="quiet">nothing</span>}</td>
            <td className="num">{microseconds(cycles, result.mhz)}</td>
            <td className="num">{fixed((100 * cycles) / length, 2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Listed { lane: (typeof laneIds)[number]; slices: Slices; index: number }

function SliceTable({ run, result, window, mhz }: SimulatedTableProps & { mhz: number }) {
  const listed = slicesOnScreen(result, window)
  if (listed === null) return <p className="quiet timeline-note">Zoom in until at most {mostSlices} slices are on screen to have them listed here one by one.</p>
  return (
    <table className="timeline-slices">
      <caption>Slices on screen, in order of time</caption>
      <thead>
        <tr>
          <th scope="col">Slice</th><th scope="col">Lane</th><th scope="col">World</th><th scope="col" className="num">from cycle</th>
          <th scope="col" className="num">cycles</th><th scope="col" className="num">µs</th><th scope="col" className="num">packet</th>
        </tr>
      </thead>
      <tbody>
        {listed.map(({ lane, slices, index }) => {
          const [start, end, packet, world] = [slices.start[index]!, slices.end[index]!, slices.packet[index]!, slices.world[index]!]
          const name = result.names[slices.frame[index]!] ?? ''
          const depth = slices.depth[index]!
          return (
            <tr key={`${lane} ${index}`}>
              <th scope="row">
                <button type="button" className="link" onClick={() => select({
                  kind: 'slice', run: run.id, slice: { lane, name, world, depth, fromCycles: start, toCycles: end, mhz, packet },
                })}>{name}</button>
              </th>
              <td>{laneTitles[lane]}</td>
              <td><span className="timeline-world"><Swatch world={world} />{worldOnLane(lane, world)}</span></td>
              <td className="num">{whole(start)}</td>
              <td className="num">{whole(end - start)}</td>
              <td className="num">{microseconds(end - start, mhz)}</td>
              <td className="num">{packet >= 0 ? whole(packet) : <Dash reason="works for no packet that is known" />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Null when they are too many or only bins are known. */
function slicesOnScreen(result: Readonly<TimelineResult>, { from, to }: TimelineSpan): Listed[] | null {
  const listed: Listed[] = []
  for (const lane of laneIds) {
    const slices = result.lanes[lane]
    if (slices.kind !== 'slices') return null
    for (let index = 0; index < slices.start.length; index++) {
      if (slices.end[index]! <= from || slices.start[index]! >= to) continue
      listed.push({ lane, slices, index })
      if (listed.length > mostSlices) return null
    }
  }
  return listed.sort((a, b) => a.slices.start[a.index]! - b.slices.start[b.index]! || a.slices.depth[a.index]! - b.slices.depth[b.index]!)
}
