import { useMemo } from 'react'
import type { PairedWeight } from '../../../engine/profile/paired'
import { chosenWeight, commonScope, measureOf, weightsOfPair, type Pair } from '../../state/compare'
import { compareBoxes, type CompareBoxes } from '../../state/compare-boxes'
import { runOf } from '../../state/derived'
import { useWorkbench } from '../../state/store'

export interface Compared {
  pair: Pair
  /** The runs of the session, of which the pair may show a range. */
  whole: Pair
  scope: 'total' | 'vmm'
  weights: readonly PairedWeight[]
  boxes: CompareBoxes
}

/** The pair in the scope, weight and measure that are chosen and that both have. */
export function useCompared(pair: Pair): Compared {
  const { scope: wantedScope, weight: wantedWeight } = useWorkbench((state) => state.document.view)
  const mode = useWorkbench((state) => state.compare.mode)
  const range = useWorkbench((state) => state.range)
  const originalA = useWorkbench((state) => runOf(state, pair.a.id))
  const originalB = useWorkbench((state) => runOf(state, pair.b.id))
  return useMemo(() => {
    const scope = commonScope(pair, wantedScope)
    const weights = weightsOfPair(pair)
    const weight = chosenWeight(weights, wantedWeight)
    const whole = { a: originalA ?? pair.a, b: originalB ?? pair.b }
    const boxes = compareBoxes(pair, whole, scope, weight, measureOf(pair, mode, scope, weight, { range }))
    return { pair, whole, scope, weights, boxes }
  }, [pair, originalA, originalB, wantedScope, wantedWeight, mode, range])
}
