import { useMemo, useState } from 'react'
import type { PlainError } from '../../../engine/plain-error'
import type { PairedWeight } from '../../../engine/profile/paired'
import { chosenWeight, commonScope, measureOf, weightsOfPair, type Pair } from '../../state/compare'
import { boxesArgs, boxesOf, pairChoice, type CompareBoxes } from '../../state/compare-boxes'
import { runOf } from '../../state/derived'
import { useWorkbench } from '../../state/store'
import { useTrees } from '../../state/trees'

export interface Compared {
  pair: Pair
  /** The runs of the session, of which the pair may show a range. */
  whole: Pair
  scope: 'total' | 'vmm'
  weights: readonly PairedWeight[]
  boxes: CompareBoxes
}

export interface ShownPair {
  /** What was there before, until the boxes of what was chosen are there; null: nothing yet. */
  compared: Compared | null
  /** It is not what was chosen. */
  stale: boolean
  failure: PlainError | null
}

/** The pair in the scope, weight and measure that are chosen and that both have. Boxes of large profiles come later. */
export function useCompared(pair: Pair): ShownPair {
  const { scope: wantedScope, weight: wantedWeight } = useWorkbench((state) => state.document.view)
  const mode = useWorkbench((state) => state.compare.mode)
  const range = useWorkbench((state) => state.range)
  const originalA = useWorkbench((state) => runOf(state, pair.a.id))
  const originalB = useWorkbench((state) => runOf(state, pair.b.id))
  const chosen = useMemo(() => {
    const scope = commonScope(pair, wantedScope)
    const weights = weightsOfPair(pair)
    const weight = chosenWeight(weights, wantedWeight)
    const whole = { a: originalA ?? pair.a, b: originalB ?? pair.b }
    const measure = measureOf(pair, mode, scope, weight, { range })
    return { pair, whole, scope, weights, weight, measure, args: boxesArgs(pair, whole, pairChoice(scope, weight, measure)) }
  }, [pair, originalA, originalB, wantedScope, wantedWeight, mode, range])
  const profiles = useMemo(() => [pair.a.profile, pair.b.profile], [pair])
  const { answer, failure } = useTrees('pair', profiles, chosen.args)
  const now = useMemo((): Compared | null => {
    const { pair: of, whole, scope, weights, weight, measure } = chosen
    return answer && { pair: of, whole, scope, weights, boxes: boxesOf(answer, weight, measure) }
  }, [chosen, answer])
  const [last, setLast] = useState(now)
  if (now && now !== last) setLast(now)
  return { compared: now ?? (last?.pair === pair ? last : null), stale: now === null, failure }
}
