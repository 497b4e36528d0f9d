import { World } from '../../../engine/worlds'
import { lookOf } from '../../charts/diff-looks'
import type { CompareBoxes } from '../../state/compare-boxes'

/** The look of a box of the difference: what the evidence says of it, how large it is, and who has it. */
export function looksOfBoxes({ union, differences, measure }: CompareBoxes): (node: number) => number {
  const largest = Math.max(measure.wholeA, measure.wholeB)
  return (node) => {
    const verdict = differences.verdict[node]!
    // more idle time is neither faster nor slower
    const changed = union.world[node] === World.GuestIdle ? 'neither' as const : verdict > 0 ? 'more' as const : 'less' as const
    return lookOf({
      kind: verdict === 0 ? 'no-evidence' : changed,
      size: largest > 0 ? Math.abs(differences.difference[node]!) / largest : 0,
      presence: union.nodeB[node]! < 0 ? 'vanished' : union.nodeA[node]! < 0 ? 'new' : 'both',
    })
  }
}
