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
  /** Looks of boxes in place of their worlds' colours: node n has `looks[of[n]]`. */
  painted?: { of: Uint8Array; looks: readonly BoxLook[] }
}

export const rowHeight = 18

export function labelOf(scene: Pick<FlameScene, 'tree' | 'rootLabel'>, node: number): string {
  const frame = scene.tree.frame[node] ?? -1
  return frame < 0 ? scene.rootLabel : scene.tree.frames.name[frame]!
}

export function fullRange(whole: number): Range {
  return { from: 0, to: whole }
}
