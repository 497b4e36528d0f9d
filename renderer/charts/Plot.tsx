import { useEffect, useRef } from 'react'
import { ChartHost, type PlotClick, type PlotOption } from './chart-host'
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
  const element = useRef<HTMLDivElement>(null)
  const host = useRef<ChartHost | null>(null)
  const latest = useRef(onClick)
  useEffect(() => { latest.current = onClick })

  useEffect(() => {
    if (!element.current) return
    const made = new ChartHost(element.current, (at) => latest.current?.(at))
    host.current = made
    return () => {
      made.dispose()
      host.current = null
    }
  }, [])

  useEffect(() => { host.current?.show(option) }, [option])

  return <div className="plot" role="img" aria-label={label} data-testid={testId} ref={element} />
}
