import type { SimulatedRun } from '../../../engine/session/document'
import { goToPacket } from '../../state/actions-packet'
import { whole } from '../../state/numbers'
import { laneTitles, laneWords, microseconds, worldOnLane } from '../../state/slice-words'
import type { SliceSelection } from '../../state/timeline-state'
import { Swatch } from '../../widgets/world'
import { Facts, type Fact } from './Facts'

/** One stretch of work on a lane of the timeline. */
export function SliceInspector({ run, slice }: { run: SimulatedRun; slice: SliceSelection }) {
  const { fromCycles, toCycles, mhz, packet } = slice
  const facts: Fact[] = [
    ['cycles', whole(toCycles - fromCycles)],
    ['begins at', `${(fromCycles / (mhz * 1e6)).toFixed(6)} s`],
    ['cycle', whole(fromCycles)],
    ...(slice.depth > 0 ? [['calls above it', whole(slice.depth)] as Fact] : []),
    ...(packet >= 0 ? [['packet', whole(packet)] as Fact] : []),
  ]
  return (
    <>
      <p className="quiet inspector-of">{run.name}</p>
      <h2 className="inspector-title">{slice.name}</h2>
      <p className="inspector-figure"><strong>{microseconds(toCycles - fromCycles, mhz)} µs</strong> on the lane {laneTitles[slice.lane]}</p>
      <p className="inspector-world"><Swatch world={slice.world} />{worldOnLane(slice.lane, slice.world)}</p>
      <Facts facts={facts} />
      {packet >= 0 && (
        <button type="button" className="button" data-testid="show-packet" onClick={() => goToPacket(run, packet)}>Show this packet</button>
      )}
      <h3>How</h3>
      <p>Recorded: the run was simulated again and this is a stretch of its clock, so the figures have no error. What runs
        inside of it is part of it.</p>
      <h3>Where</h3>
      <p>{laneWords[slice.lane]}</p>
    </>
  )
}
