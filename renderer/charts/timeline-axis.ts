import type { Span } from './timeline-scene'

export interface AxisTick {
  at: number
  label: string
}

export interface TimeAxis {
  /** Written in the head of the axis: the unit, or what the ticks count from. */
  head: string
  ticks: AxisTick[]
}

interface Unit { name: string; seconds: number }

const units: readonly Unit[] = [{ name: 's', seconds: 1 }, { name: 'ms', seconds: 1e-3 }, { name: 'µs', seconds: 1e-6 }]
const pixelsPerTick = 90

/**
 * Ticks at round places of the unit that fits the window: s, ms, µs, and below that single cycles (or ns where the
 * source has no cycles). Far from the start, ticks count from a round place that the head names: "+12 µs" is read
 * faster than the tenth digit.
 */
export function timeAxis(window: Span, width: number, secondsPerUnit: number, cycles: boolean): TimeAxis {
  const span = window.to - window.from
  const unit = unitOf(span * secondsPerUnit, secondsPerUnit, cycles)
  const perUnit = unit.seconds / secondsPerUnit
  const step = roundStep(span / perUnit / Math.max(2, width / pixelsPerTick), unit.name === 'cycles')
  const first = Math.ceil(window.from / perUnit / step - 1e-9)
  const last = Math.floor(window.to / perUnit / step + 1e-9)
  // five digits are read at a glance; beyond that the ticks count from a round place before the window
  const far = Math.abs(last * step) >= 1e5 || Math.abs(last) > 5000
  const round = roundPlace(step, unit)
  const base = far ? Math.floor(first / round) * step * round : 0
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const ticks: AxisTick[] = []
  for (let tick = first; tick <= last; tick++) {
    const value = tick * step - base
    ticks.push({ at: tick * step * perUnit, label: `${base > 0 ? '+' : ''}${grouped(value, digits)}` })
  }
  const head = base > 0 ? `${unit.name} from ${placeText(base * perUnit, secondsPerUnit, cycles && unit.name === 'cycles')}` : unit.name
  return { head, ticks }
}

/** So many steps between the places that ticks may count from: places are written down to microseconds. */
function roundPlace(step: number, unit: Unit): number {
  let steps = 10
  while (unit.name !== 'cycles' && step * steps * unit.seconds < 0.999e-6) steps *= 10
  return steps
}

function unitOf(seconds: number, secondsPerUnit: number, cycles: boolean): Unit {
  const found = units.find((one) => seconds >= 2 * one.seconds)
  if (found) return found
  return cycles ? { name: 'cycles', seconds: secondsPerUnit } : { name: 'ns', seconds: 1e-9 }
}

/** 1, 2 or 5 times a power of ten; of cycles at least one. */
function roundStep(rough: number, wholeOnly: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((times) => times * power >= rough)! * power
  return wholeOnly ? Math.max(1, step) : step
}

function grouped(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  const [whole, rest] = text.split('.') as [string, string?]
  const sign = value < 0 && Number(text) !== 0 ? '−' : ''
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest === undefined ? '' : `.${rest}`}`
}

/** A place on the axis with all its digits: "1.234 567 s" down to microseconds, or "1,234,567". */
export function placeText(at: number, secondsPerUnit: number, cycles: boolean): string {
  if (cycles) return grouped(at, 0)
  return `${(at * secondsPerUnit).toFixed(6)} s`
}
