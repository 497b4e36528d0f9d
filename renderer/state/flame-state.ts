/** Parts of the whole's width, 0..1. */
export interface Zoom {
  from: number
  to: number
}

/** How the boxes hang together: callers above callees, leaves first, or around one function. */
export type FlameOrder = 'down' | 'up' | 'sandwich'
/** What a width says, beside its part of the whole. */
export type FlameUnit = 'percent' | 'packet' | 'second'
export type FunctionColumn = 'name' | 'module' | 'self' | 'self-interval' | 'total' | 'total-interval' | 'weight'

export interface FlamePlace {
  zoom: Zoom
  firstRow: number
}

/** What the flame view remembers while the window is open; what it does to the profile is saved (`view.transforms`). */
export interface FlameState extends FlamePlace {
  search: string
  /** A part's number (engine/profile/parts.ts): a thread, a process or a processor; null: all. */
  thread: number | null
  order: FlameOrder
  /** Root at the bottom: a flame; at the top: an icicle. */
  upward: boolean
  unit: FlameUnit
  /** The function in the middle of the sandwich, as a step of a path; null: none was chosen. */
  around: string | null
  /** The sandwich's upper half; its lower half is the place of the flame itself. */
  callers: FlamePlace
  twin: 'functions' | 'tree'
  sort: { by: FunctionColumn; descending: boolean }
}

export function wholePlace(): FlamePlace {
  return { zoom: { from: 0, to: 1 }, firstRow: 0 }
}

export function initialFlame(): FlameState {
  return {
    ...wholePlace(), search: '', thread: null, order: 'down', upward: false, unit: 'percent', around: null,
    callers: wholePlace(), twin: 'functions', sort: { by: 'self', descending: true },
  }
}
