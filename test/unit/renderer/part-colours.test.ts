import { describe, expect, it } from 'vitest'
import { importProfile } from '../../../engine/formats/open-profile'
import { callTree } from '../../../engine/profile/tree'
import { partColourWords, partColoursOf } from '../../../renderer/state/part-colours'
import { contrast, inkOn } from '../../../renderer/theme/contrast'
import { otherPart, partColours, partFill } from '../../../renderer/theme/part-colours'
import { bytesOf, fixture } from '../formats/readers'

const treeOf = (name: string, bytes = fixture(name)) => callTree(importProfile(name, bytes).profile, { weight: 0, scope: 'total' })
const folded = (...lines: string[]) => treeOf('x', bytesOf(lines.join('\n')))

describe('colours where worlds tell nothing apart', () => {
  it('are none where anything is classified', () => {
    expect(partColoursOf(treeOf('perf-sym-pcnet.txt'))).toBeNull()
    expect(partColoursOf(folded('a;tcp_sendmsg_[k] 3', 'a;b 1'))).toBeNull()
  })
  it('are of functions where one module has nearly everything, or none is known', () => {
    const tree = folded(...Array.from({ length: 60 }, (_, i) => `main;f${i % 30};g${i} 2`))
    const parts = partColoursOf(tree)!
    expect(parts).toMatchObject({ by: 'function', named: [] })
    const of = parts.of(tree)
    expect(new Set(Array.from(tree.parent.subarray(1), (_, before) => of(before + 1))).size).toBe(otherPart)
    // the same function has the same colour wherever it stands
    const byFrame = new Map<number, number>()
    tree.frame.forEach((frame, node) => {
      if (frame < 0) return
      expect(byFrame.get(frame) ?? of(node)).toBe(of(node))
      byFrame.set(frame, of(node))
    })
    expect(partColourWords(parts)).toContain('functions')
  })
  it('are of modules where there are several: the heaviest have their own, and the legend names them', () => {
    expect(partColoursOf(treeOf('node-tsc.cpuprofile'))!.named[0]!.name).toMatch(/_tsc\.js$/)
    const trace = JSON.stringify(Array.from({ length: 12 }, (_, i) => ({ ph: 'X', name: `f${i}`, cat: `module ${i}`, ts: i * 100, dur: 90 - i, pid: 1, tid: 1 })))
    const tree = treeOf('t', bytesOf(trace))
    const parts = partColoursOf(tree)!
    expect(parts.by).toBe('module')
    expect(parts.named.map(({ name, colour }) => `${name} ${colour}`)).toEqual(Array.from({ length: 8 }, (_, i) => `module ${i} ${i}`))
    const of = parts.of(tree)
    tree.frame.forEach((frame, node) => {
      if (frame >= 0) expect(of(node)).toBe(Math.min(otherPart, Number(tree.frames.module[frame]!.slice(7))))
    })
  })
  it('can be read on: the ink of every one has 4.5 to 1, and no two are alike', () => {
    for (const dark of [false, true]) {
      const fills = partColours.map((_, colour) => partFill(colour, dark))
      for (const fill of fills) expect(contrast(fill, inkOn(fill)), fill).toBeGreaterThanOrEqual(4.5)
      expect(new Set(fills).size).toBe(partColours.length)
    }
  })
})
