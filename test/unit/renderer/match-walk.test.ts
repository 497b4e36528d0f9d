import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { resultOf } from '../../../engine/formats/read-steps'
import { layoutFlame } from '../../../engine/profile/layout'
import { callTree } from '../../../engine/profile/tree'
import { World } from '../../../engine/worlds'
import { matchSteps, searchOf } from '../../../renderer/state/flame-search'
import { MatchWalk, type ShownMatches } from '../../../renderer/state/match-walk'
import { profileOf } from './fixture'

/** Four boxes that match, each wider than the next, so that reading order is their order here. */
const names = ['hit1', 'hit2', 'hit3', 'hit4']
const tree = callTree(profileOf(names.map((name, i) => [`main;${name}`, World.Guest, 9 - i] as const)), { weight: 0, scope: 'total' })
const layout = layoutFlame(tree)
const match = resultOf(matchSteps(tree, searchOf('hit')!))
const nameOf = (node: number) => (node < 0 ? '' : tree.frames.name[tree.frame[node]!])

/** A window that shows what was chosen a little later, as a real one does. */
function shownWindow() {
  const walk = new MatchWalk()
  const chosen: string[] = []
  const shown: ShownMatches = {
    drawing: { layout }, match, searching: false, selectedBox: -1,
    choose: (node) => {
      chosen.push(nameOf(node)!)
      queueMicrotask(() => show({ selectedBox: node }))
    },
  }
  const show = (more: Partial<ShownMatches>) => walk.show(Object.assign(shown, more))
  show({})
  return { walk, chosen, show }
}

describe('the way from match to match', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('leads as far as it was asked, also when it was asked faster than the window draws', async () => {
    const { walk, chosen } = shownWindow()
    for (let i = 0; i < 3; i++) walk.step(1)
    walk.step(-1)
    await vi.runAllTimersAsync()
    expect(chosen).toEqual(['hit1', 'hit2', 'hit3', 'hit2'])
  })

  it('begins when the search has been made', async () => {
    const { walk, chosen, show } = shownWindow()
    show({ searching: true, match: null })
    walk.step(1)
    await vi.runAllTimersAsync()
    expect(chosen).toEqual([])
    show({ searching: false, match })
    await vi.runAllTimersAsync()
    expect(chosen).toEqual(['hit1'])
  })

  it('goes nowhere where nothing matches, and is not waited for when something does', async () => {
    const { walk, chosen, show } = shownWindow()
    show({ match: null })
    walk.step(1)
    show({ match })
    await vi.runAllTimersAsync()
    expect(chosen).toEqual([])
    walk.step(1)
    await vi.runAllTimersAsync()
    expect(chosen).toEqual(['hit1'])
  })

  it('ends with its window', async () => {
    const { walk, chosen, show } = shownWindow()
    show({ searching: true })
    walk.step(1)
    walk.end()
    show({ searching: false })
    await vi.runAllTimersAsync()
    expect(chosen).toEqual([])
  })
})
