import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { resultOf } from '../../../engine/formats/read-steps'
import type { CallTree } from '../../../engine/profile/tree'
import { matchSteps, searchOf, type Match, type MatchSteps } from '../../state/flame-search'
import type { Drawing } from '../../state/flame-shown'
import { inSlices } from '../../state/in-slices'
import { MatchWalk, type Matching, type ShownMatches } from '../../state/match-walk'

/** Up to this many nodes a match takes less than a millisecond and is there with the picture. */
const mostAtOnce = 20_000

/** What the steps find in the tree. `start` is another function whenever there is something else to find; null: nothing. */
export function useMatch(tree: CallTree | null, start: (() => MatchSteps) | null): Matching {
  const large = tree !== null && tree.parent.length > mostAtOnce
  const now = useMemo(() => (start && !large ? resultOf(start()) : null), [start, large])
  const [later, setLater] = useState<{ tree: CallTree; start: () => MatchSteps; match: Match } | null>(null)
  useEffect(() => {
    if (start && large) return inSlices(start(), (match) => setLater({ tree, start, match }))
    return undefined
  }, [tree, start, large])
  // what is of a tree that is gone, or of a search that was emptied, is let go of: it holds the tree
  if (later && (later.tree !== tree || !start)) setLater(null)
  if (!large || !start) return { match: now, searching: false }
  return { match: later?.match ?? null, searching: later?.start !== start }
}

/** What the text of the search finds in a drawing. */
export function useSearch(drawing: Drawing | null, search: string): Matching {
  const tree = drawing?.tree ?? null
  const start = useMemo(() => {
    const found = searchOf(search)
    return tree && found ? () => matchSteps(tree, found) : null
  }, [tree, search])
  return useMatch(tree, start)
}

/** The way from match to match of what is on screen. */
export function useMatchSteps(shown: ShownMatches): (direction: 1 | -1) => void {
  const [walk] = useState(() => new MatchWalk())
  useLayoutEffect(() => walk.show(shown))
  useEffect(() => () => walk.end(), [walk])
  return (direction) => walk.step(direction)
}
