import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { countWeight } from '../../../engine/profile/paired'
import { samplesByLane, type Seconds } from '../../../engine/profile/range'
import type { ImportedRun } from '../../../engine/session/document'
import type { TimelineHit } from '../../charts/timeline-hit'
import type { TimelineScene } from '../../charts/timeline-scene'
import { openTimeline, wholeSpan } from '../../state/actions-timeline'
import { select } from '../../state/actions-view'
import { pathOfStack } from '../../state/flame-rows'
import { useWorkbench } from '../../state/store'
import { timelineKey } from '../../state/timeline-state'
import { recordedHover } from './hover-words'
import { recordedLayer, recordedOverview, threadHeads } from './layers'
import { RecordedTable } from './RecordedTable'
import { TimelineArea } from './TimelineArea'

export function RecordedTimeline({ run }: { run: ImportedRun }) {
  const { profile } = run
  const timeline = useWorkbench((state) => state.timeline)
  const mine = useWorkbench((state) => state.timeline.of === timelineKey(state, run))
  const range = useWorkbench((state) => (state.range?.run === run.id ? state.range : null))
  const dark = useWorkbench((state) => state.dark)
  const [pixels, setPixels] = useState(600)
  useEffect(() => { void openTimeline(run) }, [run])
  const extent = wholeSpan(run)
  const window = (mine ? timeline.window : null) ?? extent
  const weight = countWeight(profile)
  const { mark } = timeline
  const scene = useMemo<TimelineScene | null>(() => extent && window && {
    whole: extent, window, secondsPerUnit: 1, cycles: false, lanes: threadHeads(profile), overviewLanes: Infinity, marks: [], counters: [],
    layers: [recordedOverview(profile, extent, weight), recordedLayer(profile, window, pixels, weight)],
    range: mark ?? range, selected: null, dark,
  }, [extent, window, profile, weight, pixels, mark, range, dark])
  const shown = useDeferredValue(window)
  if (!scene || !shown) return <NoTimes run={run} />
  return (
    <TimelineArea run={run} scene={scene} unitName="seconds" pixels={setPixels} hoverCard={(hit) => recordedHover(hit, profile, weight)}
      click={(hit) => choose(run, hit, window)} table={<RecordedTable run={run} window={shown} weight={weight} />} />
  )
}

/** A sample selects its innermost frame, as the flame would. */
function choose(run: ImportedRun, hit: TimelineHit | null, window: Seconds | null): void {
  const { profile } = run
  const lane = hit?.kind === 'mark' ? hit.layer.lanes[hit.row.index] : null
  const row = hit?.kind === 'mark' && lane && window ? samplesByLane(profile, window)[hit.row.index]!.row[hit.index] : undefined
  const stack = row === undefined ? -1 : profile.samples.stack[row]!
  select(stack >= 0 ? { kind: 'frame', run: run.id, path: pathOfStack(profile, stack, 'total') } : { kind: 'run', run: run.id })
}

function NoTimes({ run }: { run: ImportedRun }) {
  return (
    <div className="empty" data-testid="timeline-state" data-state="no-times">
      <h2>This profile has no times</h2>
      <p>{run.name} says how often each stack was found, but not when: there is nothing to lay out in time. The flame and
        the comparison show all that it holds.</p>
      <p className="quiet">perf script prints times unless its fields leave them out; pprof profiles seldom have them.</p>
    </div>
  )
}
