import { useEffect, useRef, type KeyboardEvent } from 'react'
import { FlameChart, type FlameEvents } from './flame-chart'
import { inTurn } from './in-turn'
import { offerPicture } from './pictures'
import type { FlameScene } from './scene'
import { useDensity } from './use-density'
import './flame-canvas.css'

export interface FlameCanvasProps extends FlameEvents {
  scene: FlameScene
  label: string
  testId?: string
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void
}

/** A flame in React: keeps one chart alive and hands it each new scene. Its table twin is the function table. */
export function FlameCanvas({ scene, label, testId, onKeyDown, ...events }: FlameCanvasProps) {
  const density = useDensity()
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<FlameChart | null>(null)
  const latest = useRef<FlameEvents>(events)
  const said = useRef(label)
  const shown = useRef(scene)
  useEffect(() => {
    latest.current = events
    said.current = label
    shown.current = scene
  })

  useEffect(() => {
    const element = host.current
    if (!element) return
    const make = () => {
      const made = chart.current ??= new FlameChart(element, density, {
        hover: (node, x, y) => latest.current.hover(node, x, y),
        click: (node) => latest.current.click(node),
        doubleClick: (node) => latest.current.doubleClick(node),
        wheel: (at, move) => latest.current.wheel(at, move),
        rows: (count) => latest.current.rows?.(count),
        menu: (node, x, y) => latest.current.menu?.(node, x, y),
      })
      made.show(shown.current)
      return made
    }
    const giveUp = inTurn(make)
    const takeBack = offerPicture({ element, get name() { return said.current }, draw: (prefix) => make().drawing(prefix) })
    return () => {
      giveUp()
      takeBack()
      chart.current?.dispose()
      chart.current = null
    }
  }, [density])

  useEffect(() => {
    chart.current?.show(scene)
  }, [scene, density])

  return (
    <div className="flame-canvas" data-testid={testId} tabIndex={0} role="application" aria-label={label}
      aria-roledescription="flame graph" onKeyDown={onKeyDown}>
      <div key={density} className="flame-canvas-host" ref={host} />
    </div>
  )
}
