import { describe, expect, it } from 'vitest'
import { resultOf } from '../../../engine/formats/read-steps'
import { nodeAt } from '../../../renderer/charts/hit-test'
import { TextFit } from '../../../renderer/charts/text-fit'
import { flameOf, hasVmmTime, shareOf } from '../../../renderer/state/derived'
import { matchSteps, nextMatchSteps, searchOf, type Match } from '../../../renderer/state/flame-search'
import { nodeOf, pathOf } from '../../../renderer/state/frame-path'
import { placeOfNode } from '../../../renderer/state/layout-boxes'
import { coveringNode, keyMove, wheelZoom, zoomOut, zoomToNode, type Place } from '../../../renderer/views/flame/navigation'
import { importedRun, simulatedProfile } from './fixture'

const profile = simulatedProfile()
const flame = flameOf(profile, 0, 'total', null)!
const { tree, layout } = flame
const named = (name: string) => tree.frame.findIndex((frame) => frame >= 0 && tree.frames.name[frame] === name)
const matchOf = (text: string) => resultOf(matchSteps(tree, searchOf(text)!))
const nextMatch = (match: Match, from: number, step: 1 | -1) => resultOf(nextMatchSteps(layout, match, from, step))
const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false })

function place(more: Partial<Place> = {}): Place {
  return { layout, tree, zoom: { from: 0, to: 1 }, selected: -1, firstRow: 0, rows: 10, ...more }
}

describe('the flame', () => {
  it('is made once for a profile and a choice', () => {
    expect(flameOf(profile, 0, 'total', null)).toBe(flame)
    expect(flameOf(profile, 0, 'vmm', null)).not.toBe(flame)
  })

  it('finds the box under the pointer, and none beside it', () => {
    for (let node = 0; node < tree.parent.length; node++) {
      const { left, width } = placeOfNode(layout, node)
      expect(nodeAt(layout, tree.depth[node]!, left + width / 2)).toBe(node)
    }
    expect(nodeAt(layout, 99, 0.5)).toBe(-1)
    expect(nodeAt(layout, 4, 0.999)).toBe(-1)
    expect(nodeAt(layout, 0, 1.5)).toBe(-1)
  })

  it('names a box by its path, in another weight too', () => {
    const other = flameOf(profile, 1, 'total', null)!.tree
    for (let node = 0; node < tree.parent.length; node++) {
      expect(nodeOf(tree, pathOf(tree, node))).toBe(node)
      expect(other.total[nodeOf(other, pathOf(tree, node))]).toBe(tree.total[node]! * 1000)
    }
    expect(nodeOf(tree, ['module\nnothing of the kind'])).toBe(-1)
  })

  it('zooms to a box and steps out again to its parents', () => {
    const inner = named('tcp_sendmsg')
    let zoom = zoomToNode(layout, inner)
    expect(coveringNode(layout, zoom)).toBe(named('csum_partial_copy'))
    zoom = zoomOut(layout, tree, zoom)
    expect(zoom).toEqual(zoomToNode(layout, named('guest')))
    zoom = zoomOut(layout, tree, zoom)
    expect(zoom).toEqual(zoomToNode(layout, named('VMM time')))
    zoom = zoomOut(layout, tree, zoom)
    expect(zoom).toEqual({ from: 0, to: 1 })
    expect(zoomOut(layout, tree, zoom)).toEqual({ from: 0, to: 1 })
  })

  it('keeps the point under the pointer when the wheel zooms', () => {
    const zoom = { from: 0.2, to: 0.6 }
    const next = wheelZoom(zoom, 0.25, { zoom: -1, pan: 0 })
    expect(next.to - next.from).toBeLessThan(0.4)
    expect(next.from + 0.25 * (next.to - next.from)).toBeCloseTo(0.3)
  })

  it('moves by keys: to children, siblings, parents', () => {
    const vmm = named('VMM time')
    expect(keyMove(key('ArrowDown'), place())).toMatchObject({ select: vmm })
    expect(keyMove(key('ArrowDown'), place({ selected: 0 }))).toMatchObject({ select: vmm })
    expect(keyMove(key('ArrowRight'), place({ selected: vmm }))).toMatchObject({ select: named('VMApp') })
    expect(keyMove(key('ArrowLeft'), place({ selected: named('VMApp') }))).toMatchObject({ select: vmm })
    expect(keyMove(key('ArrowUp'), place({ selected: vmm }))).toMatchObject({ select: 0 })
    expect(keyMove(key('Enter'), place({ selected: vmm }))).toEqual({ zoom: zoomToNode(layout, vmm) })
    expect(keyMove(key('0'), place({ zoom: { from: 0.4, to: 0.5 } }))).toEqual({ zoom: { from: 0, to: 1 }, firstRow: 0 })
    expect(keyMove(key('D'), place())?.zoom?.from).toBeGreaterThan(0)
    expect(keyMove(key('ArrowUp'), place({ upward: true }))).toMatchObject({ select: vmm })
    expect(keyMove(key('ArrowDown'), place({ selected: vmm, upward: true }))).toMatchObject({ select: 0 })
    expect(keyMove({ ...key('s'), ctrlKey: true }, place())).toBeNull()
    expect(keyMove(key('x'), place())).toBeNull()
  })

  it('brings a selected box into sight', () => {
    const host = named('Host')
    const move = keyMove(key('ArrowRight'), place({ selected: named('VMApp'), zoom: { from: 0, to: 0.1 }, firstRow: 3, rows: 2 }))!
    expect(move.select).toBe(host)
    const { left, width } = placeOfNode(layout, host)
    expect(move.zoom!.from).toBeLessThanOrEqual(left + width / 2)
    expect(move.zoom!.to).toBeGreaterThanOrEqual(left + width / 2)
    expect(move.firstRow).toBe(1)
  })

  it('adds up a search without counting what is under a match twice', () => {
    const match = matchOf('TCP_')
    expect(match.total).toBe(90)
    expect(matchOf('/tcp_|csum/').total).toBe(90)
    expect(matchOf('/(/').total).toBe(0)
    expect(searchOf('  ')).toBeNull()
    expect(match.matched[named('tcp_sendmsg')]).toBe(1)
    expect(match.matched[named('csum_partial_copy')]).toBe(0)
    expect(match.count).toBe(1)
  })

  it('says what is wrong with a pattern instead of matching something else', () => {
    expect(searchOf('/(/')?.problem).toMatch(/^no regular expression: .*group/)
    expect(searchOf('/guest$/')?.problem).toBeNull()
    expect(searchOf('(')?.problem).toBeNull()
  })

  it('goes from match to match, from left to right, and round', () => {
    const match = matchOf('/irq/')
    const seen: number[] = []
    for (let node = nextMatch(match, -1, 1); !seen.includes(node); node = nextMatch(match, node, 1)) seen.push(node)
    expect(seen).toHaveLength(match.count)
    const lefts = seen.map((node) => placeOfNode(layout, node).left)
    expect(lefts).toEqual([...lefts].sort((a, b) => a - b))
    expect(nextMatch(match, seen[0]!, -1)).toBe(seen.at(-1))
    expect(nextMatch(matchOf('nothing of the kind'), -1, 1)).toBe(-1)
  })

  it('gives an interval to counted samples only', () => {
    expect(shareOf(220, 950, profile.weightTypes[0]).ci95).not.toBeNull()
    expect(shareOf(220, 950, profile.weightTypes[1]).ci95).toBeNull()
    expect(shareOf(0, 0, profile.weightTypes[0])).toEqual({ percent: 0, ci95: null })
  })

  it('knows which profiles have VMM time', () => {
    expect(hasVmmTime(profile)).toBe(true)
    expect(hasVmmTime(importedRun('i').profile)).toBe(false)
  })
})

describe('labels', () => {
  const fit = new TextFit((text) => text.length * 7)

  it('are cut with an ellipsis to their box', () => {
    expect(fit.fit('tcp_sendmsg', 77)).toBe('tcp_sendmsg')
    const cut = fit.fit('tcp_sendmsg', 50)
    expect(cut).toMatch(/^tcp.*…$/)
    expect(cut.length * 7).toBeLessThanOrEqual(50)
    expect(fit.fit('tcp_sendmsg', 20)).toBe('')
  })
})
