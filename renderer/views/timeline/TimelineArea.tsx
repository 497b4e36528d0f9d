import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import type { SessionRun } from '../../../engine/session/document'
import type { TimelineHit } from '../../charts/timeline-hit'
import { TimelineCanvas } from '../../charts/TimelineCanvas'
import type { TimelineScene } from '../../charts/timeline-scene'
import { applyRange, setTimelineMark, setTimelinePixels, setTimelineSelecting, setTimelineWindow } from '../../state/actions-timeline'
import { useWorkbench } from '../../state/store'
import { Panels } from '../../widgets/Panels'
import { HoverBox } from './HoverBox'
import type { HoverWords } from './hover-words'
import { centred, moved, timelineKey, zoomed } from './navigation'
import { TimelineHeader } from './TimelineHeader'

interface TimelineAreaProps {
  run: SessionRun
  scene: TimelineScene
  unitName: 'cycles' | 'seconds'
  hoverCard: (hit: TimelineHit) => HoverWords | null
  click: (hit: TimelineHit | null) => void
  pixels?: (count: number) => void
  table: ReactNode
}

/** Header, picture and table twin: alike for what was simulated and what was recorded. */
export function TimelineArea({ run, scene, unitName, hoverCard, click, pixels, table }: TimelineAreaProps) {
  const { mark, selecting } = useWorkbench((state) => state.timeline)
  const [hover, setHover] = useState<{ hit: TimelineHit; x: number; y: number } | null>(null)
  const { window, whole } = scene
  const words = hover && hoverCard(hover.hit)
  const onKeyDown = (event: KeyboardEvent) => {
    const move = timelineKey(event, window, whole, mark)
    if (!move) return
    event.preventDefault()
    event.stopPropagation()
    if (move.kind === 'window') setTimelineWindow(run, move.window)
    else if (move.kind === 'mark') setTimelineMark(move.mark)
    else if (move.kind === 'whole') setTimelineWindow(run, whole)
    else if (move.kind === 'mode') setTimelineSelecting(!selecting)
    else if (mark) void applyRange(run, mark)
  }
  return (
    <section className="timeline" aria-label={`Timeline of ${run.name}`}>
      <TimelineHeader run={run} scene={scene} unitName={unitName} />
      <Panels orientation="vertical" id="timeline-panels" panelIds={['timeline-chart', 'timeline-table']} className="timeline-panels">
        <Panel id="timeline-chart" minSize={150} defaultSize="70">
          <div className="timeline-plot">
            <TimelineCanvas scene={scene} selecting={selecting} onKeyDown={onKeyDown}
              label={`Timeline of ${run.name}. Arrow keys move and zoom, 0 shows the whole, [ and ] set the ends of a range and Enter shows it alone; the table below has the figures.`}
              hover={(hit, x, y) => setHover(hit && { hit, x, y })} click={click}
              zoom={(at, steps) => setTimelineWindow(run, zoomed(window, at, steps))}
              move={(by) => setTimelineWindow(run, moved(window, by))}
              centre={(at) => setTimelineWindow(run, centred(window, at))}
              mark={(from, to) => setTimelineMark({ from: Math.max(whole.from, from), to: Math.min(whole.to, to) })}
              pixels={(count) => {
                setTimelinePixels(run, count)
                pixels?.(count)
              }} />
            {hover && words && <HoverBox x={hover.x} y={hover.y} words={words} />}
          </div>
        </Panel>
        <Separator className="splitter horizontal" />
        <Panel id="timeline-table" minSize={84} defaultSize="30">{table}</Panel>
      </Panels>
    </section>
  )
}
