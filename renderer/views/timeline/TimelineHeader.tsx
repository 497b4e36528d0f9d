import type { SessionRun } from '../../../engine/session/document'
import { worldIds } from '../../../engine/worlds'
import { placeText } from '../../charts/timeline-axis'
import type { Span, TimelineScene } from '../../charts/timeline-scene'
import { applyRange, setTimelineMark, setTimelineSelecting, setTimelineWindow } from '../../state/actions-timeline'
import { secondsText, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import { Legend } from '../../widgets/world'
import { zoomed } from './navigation'

interface TimelineHeaderProps {
  run: SessionRun
  scene: TimelineScene
  unitName: 'cycles' | 'seconds'
}

/** What is on screen in words, how a drag works, and the range that is being chosen. */
export function TimelineHeader({ run, scene, unitName }: TimelineHeaderProps) {
  const { mark, selecting } = useWorkbench((state) => state.timeline)
  const { window, whole: all } = scene
  const wholeShown = window.from === all.from && window.to === all.to
  return (
    <header className="view-header timeline-header">
      <Segmented label="What a drag does" value={selecting ? 'select' : 'move'} testId="timeline-mode"
        onChange={(mode) => setTimelineSelecting(mode === 'select')} options={[
          { value: 'move', label: 'Move' }, { value: 'select', label: 'Select a range' },
        ]} />
      <span className="timeline-zoom">
        <button type="button" className="button" aria-label="Zoom in" title="Zoom in (W or +)" onClick={() => setTimelineWindow(run, zoomed(window, 0.5, -4))}>+</button>
        <button type="button" className="button" aria-label="Zoom out" title="Zoom out (S or −)" disabled={wholeShown}
          onClick={() => setTimelineWindow(run, zoomed(window, 0.5, 4))}>−</button>
        <button type="button" className="button" title="Show the whole run (0)" disabled={wholeShown}
          onClick={() => setTimelineWindow(run, all)}>Whole</button>
      </span>
      <span className="timeline-window" data-testid="timeline-window">{spanText(window, scene, unitName)}</span>
      {mark && (
        <span className="timeline-mark" data-testid="timeline-mark">
          <span className="quiet">marked {lengthText(mark, scene, unitName)}</span>
          <button type="button" className="button primary" data-testid="apply-range" title="Enter" onClick={() => void applyRange(run, mark)}>
            Show only this range
          </button>
          <button type="button" className="button bare" title="Escape" onClick={() => setTimelineMark(null)}>Unmark</button>
        </span>
      )}
      <div className="timeline-legend"><Legend worlds={worldsOf(scene)} /></div>
    </header>
  )
}

function lengthText({ from, to }: Span, { secondsPerUnit }: TimelineScene, unitName: 'cycles' | 'seconds'): string {
  const seconds = secondsText((to - from) * secondsPerUnit)
  return unitName === 'cycles' ? `${seconds}, ${whole(to - from)} cycles` : seconds
}

function spanText(span: Span, scene: TimelineScene, unitName: 'cycles' | 'seconds'): string {
  const place = (at: number) => placeText(at, scene.secondsPerUnit, false)
  return `${place(span.from)} to ${place(span.to)}: ${lengthText(span, scene, unitName)}`
}

/** Worlds that the whole run has at all: what is not there needs no colour. */
function worldsOf({ layers, overviewLanes }: TimelineScene): number[] {
  const lanes = layers[0]?.lanes.slice(0, overviewLanes) ?? []
  return worldIds.map((_, world) => world).filter((world) => lanes.some((lane) => {
    if (lane.kind === 'bins') {
      for (let i = world; i < lane.cycles.length; i += worldIds.length) if (lane.cycles[i]! > 0) return true
      return false
    }
    return lane.world.includes(world)
  }))
}
