import type { Interval } from '../state/numbers'
import './widgets.css'

interface WhiskerProps {
  value: number
  interval: Interval
  /** Ends of the drawing, shared by all rows of a table so that whiskers can be compared. */
  domain: Interval
  truth?: number | null
}

/** A 95 % interval drawn: a thin line, a thick tick at the figure. The numbers stand beside it. */
export function Whisker({ value, interval, domain, truth }: WhiskerProps) {
  const x = (at: number) => 2 + (60 * (Math.min(domain[1], Math.max(domain[0], at)) - domain[0])) / (domain[1] - domain[0] || 1)
  return (
    <svg className="whisker" viewBox="0 0 64 12" preserveAspectRatio="none" aria-hidden="true">
      <line className="axis" x1="2" x2="62" y1="11.5" y2="11.5" />
      <line x1={x(interval[0])} x2={x(interval[1])} y1="6" y2="6" />
      <line x1={x(interval[0])} x2={x(interval[0])} y1="3.5" y2="8.5" />
      <line x1={x(interval[1])} x2={x(interval[1])} y1="3.5" y2="8.5" />
      {truth !== undefined && truth !== null && <line className="truth" x1={x(truth)} x2={x(truth)} y1="9" y2="12" />}
      <line className="point" x1={x(value)} x2={x(value)} y1="2" y2="10" />
    </svg>
  )
}
