import { useDeferredValue, useEffect, useMemo } from 'react'
import { laneIds } from '../../../engine/experiments/recording/types'
import type { SimulatedRun } from '../../../engine/session/document'
import type { TimelineHit } from '../../charts/timeline-hit'
import type { TimelineScene } from '../../charts/timeline-scene'
import { openTimeline } from '../../state/actions-timeline'
import { select } from '../../state/actions-view'
import { useWorkbench } from '../../state/store'
import { timelineKey, type SliceSelection } from '../../state/timeline-state'
import { counterHeads, laneHeads, layerOf, markHeads } from './layers'
import { SimulatedTable } from './SimulatedTable'
import { TimelineArea } from './TimelineArea'
import { simulatedHover } from './hover-words'

/** The four lanes that share the CPU; the card and the wire work beside it. */
const cpuLanes = 4

export function SimulatedTimeline({ run }: { run: SimulatedRun }) {
  const timeline = useWorkbench((state) => state.timeline)
  const mine = useWorkbench((state) => state.timeline.of === timelineKey(state, run))
  const range = useWorkbench((state) => (state.range?.run === run.id ? state.range : null))
  const selection = useWorkbench((state) => state.selection)
  const dark = useWorkbench((state) => state.dark)
  useEffect(() => { void openTimeline(run) }, [run])
  const { whole, detail, mark } = timeline
  const all = useMemo(() => whole && { from: 0, to: whole.runCycles }, [whole])
  const window = timeline.window ?? all
  const slice = selection.kind === 'slice' && selection.run === run.id ? selection.slice : null
  const scene = useMemo<TimelineScene | null>(() => whole && all && window && {
    whole: all, window, secondsPerUnit: 1 / (whole.mhz * 1e6), cycles: true, lanes: laneHeads(detail ?? whole), overviewLanes: cpuLanes,
    marks: markHeads, counters: counterHeads, layers: detail ? [layerOf(whole), layerOf(detail)] : [layerOf(whole)],
    range: mark ?? range, dark, selected: slice && {
      lane: laneIds.indexOf(slice.lane), from: slice.fromCycles, to: slice.toCycles, depth: slice.depth,
    },
  }, [whole, all, window, detail, mark, range, slice, dark])
  const shown = useDeferredValue(window)
  if (!mine || !scene || !whole || !shown) return <NotYet run={run} failed={mine && timeline.status === 'failed'} />
  // what knows the window best tells its figures
  const covers = detail && shown.from >= detail.fromCycles && shown.to <= detail.toCycles
  return (
    <TimelineArea run={run} scene={scene} unitName="cycles" hoverCard={(hit) => simulatedHover(hit, whole.mhz)}
      click={(hit) => {
        const chosen = hit && sliceOf(hit, whole.mhz)
        select(chosen ? { kind: 'slice', run: run.id, slice: chosen } : { kind: 'run', run: run.id })
      }}
      table={<SimulatedTable run={run} result={covers ? detail : whole} window={shown} />} />
  )
}

function sliceOf(hit: TimelineHit, mhz: number): SliceSelection | null {
  if (hit.kind !== 'slice') return null
  const lane = hit.layer.lanes[hit.row.index]!
  if (lane.kind !== 'slices') return null
  const i = hit.index
  return {
    lane: laneIds[hit.row.index]!, name: hit.layer.names[lane.frame[i]!] ?? '', world: lane.world[i]!, depth: lane.depth[i]!,
    fromCycles: lane.start[i]!, toCycles: lane.end[i]!, mhz, packet: lane.packet[i]!,
  }
}

function NotYet({ run, failed }: { run: SimulatedRun; failed: boolean }) {
  return (
    <div className="empty" role="status" data-testid="timeline-state" data-state={failed ? 'failed' : 'busy'}>
      <h2>{failed ? 'The timeline could not be recorded' : `Recording ${run.name}`}</h2>
      <p>{failed ? 'It was cancelled, or the message above says why. The run itself is as it was.'
        : 'The run is simulated once more, with checkpoints, so that any part of it can be shown down to single cycles. '
        + 'The status bar shows how far it is.'}</p>
      {failed && <button type="button" className="button" onClick={() => void openTimeline(run)}>Record it again</button>}
    </div>
  )
}
