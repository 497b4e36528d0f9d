import { useEffect, useRef, type KeyboardEvent } from 'react'
import { offerPicture } from './pictures'
import { TimelineChart, type TimelineEvents } from './timeline-chart'
import { leastHeight, type TimelineScene } from './timeline-scene'
import { useDensity } from './use-density'
import './timeline.css'

interface TimelineCanvasProps extends TimelineEvents {
  scene: TimelineScene
  label: string
  /** A drag without Shift selects instead of moving. */
  selecting: boolean
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void
}

/** A timeline in React: keeps one chart alive and hands it each new scene. Scrolls when its rows need more room. */
export function TimelineCanvas({ scene, label, selecting, onKeyDown, ...events }: TimelineCanvasProps) {
  const density = useDensity()
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<TimelineChart | null>(null)
  const latest = useRef<TimelineEvents>(events)
  const said = useRef(label)
  useEffect(() => {
    latest.current = events
    said.current = label
  })

  useEffect(() => {
    if (!host.current) return
    const made = new TimelineChart(host.current, density, {
      hover: (hit, x, y) => latest.current.hover(hit, x, y),
      click: (hit) => latest.current.click(hit),
      zoom: (at, steps) => latest.current.zoom(at, steps),
      move: (by) => latest.current.move(by),
      centre: (at) => latest.current.centre(at),
      mark: (from, to) => latest.current.mark(from, to),
      pixels: (count) => latest.current.pixels(count),
    })
    chart.current = made
    const takeBack = offerPicture({
      element: host.current, get name() { return said.current }, draw: (prefix) => made.drawing(prefix),
    })
    return () => {
      takeBack()
      made.dispose()
      chart.current = null
    }
  }, [density])

  useEffect(() => { chart.current?.show(scene) }, [scene, density])
  useEffect(() => { chart.current?.select(selecting) }, [selecting, density])

  return (
    <div className="timeline-canvas" data-testid="timeline-canvas" tabIndex={0} role="application" aria-label={label}
      aria-roledescription="timeline" onKeyDown={onKeyDown}>
      <div key={density} className="timeline-canvas-host" ref={host} style={{ minHeight: leastHeight(scene) }} />
    </div>
  )
}
