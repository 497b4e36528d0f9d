import type { FlameLayout } from '../../engine/profile/layout'
import type { CallTree } from '../../engine/profile/tree'
import type { Pattern } from '../theme/world-colours'

/** Part of the drawing's width, in the scene's unit. */
export interface Range {
  from: number
  to: number
}

/** How a box is filled. */
export interface BoxLook {
  fill: string
  pattern: Pattern
}

/** All that a flame's picture depends on: equal scenes give equal pixels. */
export interface FlameScene {
  tree: CallTree
  layout: FlameLayout
  /** Name of node 0, which stands for the whole. */
  rootLabel: string
  /** How wide the whole is in `unit`: 100 for percent, or microseconds a packet. */
  whole: number
  unit: string
  range: Range
  /** Without: the axis of another flame below it counts for this one too. */
  axis: boolean
  /** First row on screen. */
  firstRow: number
  dark: boolean
  /** Symbols of an imported profile are set in monospace. */
  mono: boolean
  /** 1 for each node that a search matches; null without a search. */
  matched: Uint8Array | null
  selected: number
  hovered: number
  /** Root at the bottom, callees above it: a flame; without, an icicle. */
  upward?: boolean
  /** The selected function, as a frame of the tree: its other boxes get a thin frame. */
  related?: number
  /** Looks of boxes in place of their worlds' colours: node n has `looks[of(n)]`. Asked for what is on screen, not for all of a large profile. */
  painted?: { of: (node: number) => number; looks: readonly BoxLook[] }
}

export const rowHeight = 18

/** Where row `depth` begins, in a drawing of this height. */
export function topOfRow(scene: Pick<FlameScene, 'firstRow' | 'upward'>, depth: number, height: number): number {
  const row = depth - scene.firstRow
  return scene.upward ? height - (row + 1) * rowHeight : row * rowHeight
}

/** The row at `y` of a drawing of this height. */
export function rowAt(scene: Pick<FlameScene, 'firstRow' | 'upward'>, y: number, height: number): number {
  return Math.floor((scene.upward ? height - y : y) / rowHeight) + scene.firstRow
}

export function labelOf(scene: Pick<FlameScene, 'tree' | 'rootLabel'>, node: number): string {
  const frame = scene.tree.frame[node] ?? -1
  return frame < 0 ? scene.rootLabel : scene.tree.frames.name[frame]!
}

export function fullRange(whole: number): Range {
  return { from: 0, to: whole }
}
