import type { Bins, Counter, MarkBins, Marks, Slices } from '../../engine/experiments/recording/types'

/** Part of the time axis, in the scene's unit: cycles of a simulated run, seconds of a recorded one. */
export interface Span {
  from: number
  to: number
}

/**
 * What is known of a stretch of time. The columns are those of the recordings; in a recorded profile "cycles" are
 * seconds of the axis and, in bins, whatever is counted.
 */
export interface TimelineLayer extends Span {
  /** One a lane, in the order of the scene's lanes. */
  lanes: readonly (Slices | Bins | Marks)[]
  /** What fills the height of a bin; null: its own length, so that a full bin is a busy one. */
  full: number | null
  marks: readonly (Marks | MarkBins)[]
  counters: readonly Counter[]
  names: readonly string[]
}

export interface LaneHead {
  id: string
  title: string
  /** Rows of nested slices that the lane must have room for. */
  rows: number
}

export interface MarkHead {
  id: string
  title: string
  /** Colour of marks whose own world says less than their kind; null: each mark in its own world's. */
  world: number | null
}

export interface CounterHead {
  id: string
  title: string
  /** As the largest value is written in the head. */
  text: (value: number) => string
}

/** All that a timeline's picture depends on: equal scenes give equal pixels. */
export interface TimelineScene {
  /** The whole run or recording. */
  whole: Span
  /** What of it is on screen. */
  window: Span
  /** Seconds of one unit of the axis; cycles can be told only where the unit is one. */
  secondsPerUnit: number
  cycles: boolean
  lanes: readonly LaneHead[]
  /** How many of the lanes, from the top, make up the overview: those that share the CPU. */
  overviewLanes: number
  marks: readonly MarkHead[]
  counters: readonly CounterHead[]
  /** Painted one over the other, each within its own span: the whole run in bins, then what is on screen. */
  layers: readonly TimelineLayer[]
  /** The range that is marked or applied; null without. */
  range: Span | null
  /** A slice or sample that is selected; null without. */
  selected: { lane: number; from: number; to: number; depth: number } | null
  dark: boolean
}

export type TimelineBand = 'overview' | 'axis' | 'lane' | 'mark' | 'counter'

export interface TimelineRow {
  band: TimelineBand
  /** Index among the lanes, marks or counters. */
  index: number
  top: number
  height: number
}

/** Width of the heads left of the time axis; the longest title is measured to fit at 12 px. */
export const headWidth = 138
/** Room for half of the last tick's label. */
export const rightMargin = 10

const fixedHeights = { overview: 24, axis: 22, mark: 14, counter: 28 } as const
const gap = 3
/** A lane of one row, and rows of nested slices; where there is room, rows grow until they are easy to hit. */
const leastLane = 22
const leastRow = 13
const mostRow = 21
/** Bins are read by their height: alone they may take more. */
const mostBins = 64

type Heads = Pick<TimelineScene, 'lanes' | 'marks' | 'counters'>

/** Places of all rows from top to bottom; lanes share what height is left by the rows that each needs. */
export function layoutRows(scene: Heads, height: number): TimelineRow[] {
  const rows: TimelineRow[] = []
  let top = 0
  const add = (band: TimelineBand, index: number, rowHeight: number) => {
    rows.push({ band, index, top, height: rowHeight })
    top += rowHeight + gap
  }
  add('overview', 0, fixedHeights.overview)
  add('axis', 0, fixedHeights.axis)
  laneHeights(scene, height).forEach((each, index) => add('lane', index, each))
  scene.marks.forEach((_, index) => add('mark', index, fixedHeights.mark))
  scene.counters.forEach((_, index) => add('counter', index, fixedHeights.counter))
  return rows
}

/** The tallest rows, in whole pixels, with which everything fits; the least where nothing does. */
function laneHeights(scene: Heads, height: number): number[] {
  const room = height - fixedHeight(scene)
  const flat = scene.lanes.every(({ rows }) => rows === 1)
  const heights = (row: number) => scene.lanes.map(({ rows }) => Math.max(leastLane, Math.floor(rows * row) + 2))
  let row = flat ? mostBins : mostRow
  while (row > leastRow && heights(row).reduce((sum, one) => sum + one, 0) > room) row -= 0.5
  return heights(row)
}

function fixedHeight({ lanes, marks, counters }: Heads): number {
  return fixedHeights.overview + fixedHeights.axis + 2 * gap + lanes.length * gap
    + marks.length * (fixedHeights.mark + gap) + counters.length * (fixedHeights.counter + gap)
}

/** Below this the picture scrolls. */
export function leastHeight(scene: Heads): number {
  return fixedHeight(scene) + scene.lanes.reduce((sum, { rows }) => sum + Math.max(leastLane, rows * leastRow + 2), 0)
}

/** Height of one row of nested slices in a lane. */
export function sliceHeight(laneHeight: number, rows: number): number {
  return Math.min(mostRow, (laneHeight - 2) / Math.max(1, rows))
}

/** Time at a place of the drawing, and back. `width`: of the whole canvas. */
export function timeAt(window: Span, x: number, width: number): number {
  return window.from + ((x - headWidth) / plotWidth(width)) * (window.to - window.from)
}

export function xOf(window: Span, at: number, width: number): number {
  return headWidth + ((at - window.from) / (window.to - window.from)) * plotWidth(width)
}

export function plotWidth(width: number): number {
  return Math.max(1, width - headWidth - rightMargin)
}
