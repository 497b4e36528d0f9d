import type { Limit } from '../../../engine/machine/custom'

/** A slider's ends, widened where somebody typed a value beyond them. */
export interface Scale {
  low: number
  high: number
  log: boolean
}

export function widened(scale: Scale, value: number): Scale {
  return { ...scale, low: Math.min(scale.low, value), high: Math.max(scale.high, value) }
}

/** Where a value lies, 0..1. */
export function placeOf({ low, high, log }: Scale, value: number): number {
  if (high <= low) return 0
  const place = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return Math.min(1, Math.max(0, place))
}

/** The value at a place: three digits where it need not be whole, within what is allowed. */
export function valueAt({ low, high, log }: Scale, place: number, { min, max, whole }: Limit): number {
  const value = log ? low * (high / low) ** place : low + (high - low) * place
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(3))
  return Math.min(max, Math.max(min, rounded))
}
