import { describe, expect, it } from 'vitest'
import { callTree, functionTable } from '../../../engine/profile/tree'
import type { CallTree } from '../../../engine/profile/tree'
import { folded } from './build'

/** A small text picture: one line a node, in order of node numbers. */
function picture(tree: CallTree): string[] {
  return Array.from(tree.frame, (frame, node) =>
    `${'  '.repeat(tree.depth[node]!)}${frame < 0 ? '(all)' : tree.frames.name[frame]} ${tree.self[node]}/${tree.total[node]}`)
}

describe('callTree', () => {
  it('adds up rows, level by level, heaviest first and ties by name', () => {
    const tree = callTree(folded('a;c 1', 'a;b 1', 'a 2', 'z;y 7', 'a;b 2', 'b 4', ' 5'), { weight: 0, scope: 'total' })
    expect(picture(tree)).toEqual(['(all) 5/22', '  z 0/7', '  a 2/6', '  b 4/4', '    y 7/7', '    b 3/3', '    c 1/1'])
    expect([...tree.parent]).toEqual([-1, 0, 0, 0, 1, 2, 2])
    expect([...tree.firstChild]).toEqual([1, 4, 5, -1, -1, -1, -1])
    expect([...tree.nextSibling]).toEqual([-1, 2, 3, -1, -1, 6, -1])
  })
  it('breaks ties by name', () => {
    expect(picture(callTree(folded('m 1', 'k 1', 'l 1'), { weight: 0, scope: 'total' })).slice(1))
      .toEqual(['  k 1/1', '  l 1/1', '  m 1/1'])
  })
  it('leaves out stacks without weight', () => {
    expect(picture(callTree(folded('a;b 0', 'c 1'), { weight: 0, scope: 'total' }))).toEqual(['(all) 0/1', '  c 1/1'])
  })
  it('takes VMM time alone as the whole in scope vmm', () => {
    const profile = folded('VMM time;idle 3', 'Host;VMM time;x 9', 'VMM time 1', 'VMApp 5')
    expect(picture(callTree(profile, { weight: 0, scope: 'vmm' }))).toEqual(['(all) 1/4', '  idle 3/3'])
    expect(picture(callTree(folded('VMApp 5'), { weight: 0, scope: 'vmm' }))).toEqual(['(all) 0/0'])
  })
  it('keeps to one thread', () => {
    const profile = folded('a 1', 'b 2', 'a 4')
    profile.threads = ['one', 'two']
    profile.samples.thread = Int32Array.of(0, 1, 1)
    expect(picture(callTree(profile, { weight: 0, scope: 'total', thread: 1 }))).toEqual(['(all) 0/6', '  a 4/4', '  b 2/2'])
  })
  it('does not mind a stack of 100,000 frames', () => {
    const deep = folded(`${Array.from({ length: 100_000 }, (_, i) => `f${i % 7}`).join(';')} 1`)
    const tree = callTree(deep, { weight: 0, scope: 'total' })
    expect(tree.total[0]).toBe(1)
    expect(tree.depth[100_000]).toBe(100_000)
    expect([...functionTable(tree).total]).toEqual([1, 1, 1, 1, 1, 1, 1])
  })
})

describe('functionTable', () => {
  it('counts a recursive frame once a stack in total, and every time in self', () => {
    const profile = folded('a;b;a;b 3', 'a;b 2', 'b;c 4', 'a 1')
    const table = functionTable(callTree(profile, { weight: 0, scope: 'total' }))
    const rows = Array.from(table.frame, (frame, i) => `${profile.frames.name[frame]} ${table.self[i]}/${table.total[i]}`)
    expect(rows).toEqual(['b 5/9', 'c 4/4', 'a 1/6'])
  })
})
