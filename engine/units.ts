/**
 * Units as branded numbers: most wrong figures in this field are unit errors, so a cycle count
 * cannot be passed where microseconds are wanted. Conversions between units live only here.
 */
declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]?: Name }

/** A count of CPU cycles of the simulated host; always a whole number, exact below 2^53. */
export type Cycles = Unit<'cycles'>
export type Microseconds = Unit<'microseconds'>
export type Seconds = Unit<'seconds'>
/** A part of a whole, 0..1. */
export type Share = Unit<'share'>
/** A part of a whole, 0..100. */
export type Percent = Unit<'percent'>
export type Megahertz = Unit<'megahertz'>
export type MegabitsPerSecond = Unit<'megabits per second'>
export type Bytes = Unit<'bytes'>

/** Real time to whole cycles of a clock of `mhz`; rounded to the nearest cycle. */
export function cyclesOfMicroseconds(us: Microseconds, mhz: Megahertz): Cycles {
  return Math.round(us * mhz)
}

export function microsecondsOfCycles(cycles: Cycles, mhz: Megahertz): Microseconds {
  return cycles / mhz
}

export function secondsOfCycles(cycles: Cycles, mhz: Megahertz): Seconds {
  return cycles / (mhz * 1e6)
}

export function percentOf(part: number, whole: number): Percent {
  return whole === 0 ? 0 : (100 * part) / whole
}
