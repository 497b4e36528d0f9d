import { useEffect, useRef } from 'react'
import { ChartHost, type PlotClick, type PlotOption } from './chart-host'
import { offerPicture } from './pictures'
import { useDensity } from './use-density'
import './plot.css'

interface PlotProps {
  /** Made by one of the `*-plot.ts` files of this folder: equal options give equal pictures. */
  option: PlotOption
  /** What a screen reader says; the figures are in the table twin beside the plot, which this names. */
  label: string
  testId?: string
  onClick?: (at: PlotClick) => void
}

/** A chart of lines, bars or points in React. */
export function Plot({ option, label, testId, onClick }: PlotProps) {
  const density = useDensity()
  const element = useRef<HTMLDivElement>(null)
  const host = useRef<ChartHost | null>(null)
  const latest = useRef(onClick)
  const said = useRef(label)
  useEffect(() => {
    latest.current = onClick
    said.current = label
  })

  useEffect(() => {
    if (!element.current) return
    const made = new ChartHost(element.current, density, (at) => latest.current?.(at))
    host.current = made
    const { current: place } = element
    const takeBack = offerPicture({
      element: place, get name() { return said.current },
      draw: () => ({ width: place.clientWidth, height: place.clientHeight, markup: made.svg() }),
    })
    return () => {
      takeBack()
      made.dispose()
      host.current = null
    }
  }, [density])

  useEffect(() => { host.current?.show(option) }, [option, density])

  return <div key={density} className="plot" role="img" aria-label={label} data-testid={testId} ref={element} />
}
