import { describe, expect, it } from 'vitest'
import { cull, layoutFlame } from '../../../engine/profile/layout'
import { callTree } from '../../../engine/profile/tree'
import { folded } from './build'

const layoutOf = (...lines: string[]) => layoutFlame(callTree(folded(...lines), { weight: 0, scope: 'total' }))

describe('layoutFlame', () => {
  it('puts children side by side under their parent, self time at the right', () => {
    const layout = layoutOf('a;b 2', 'a;c 1', 'a 1', 'd;e 4', 'f 8')
    expect([...layout.rowStart]).toEqual([0, 1, 4, 7])
    expect([...layout.left]).toEqual([0, 0, 0.5, 0.75, 0.5, 0.625, 0.75])
    expect([...layout.width]).toEqual([1, 0.5, 0.25, 0.25, 0.125, 0.0625, 0.25])
    expect([...layout.depth]).toEqual([0, 1, 1, 1, 2, 2, 2])
  })
  it('has one box without width when there is nothing to show', () => {
    const layout = layoutOf('a 0')
    expect([...layout.width]).toEqual([0])
    expect([...layout.rowStart]).toEqual([0, 1])
  })
})

describe('cull', () => {
  const out = new Int32Array(1000)
  const visible = (layout: ReturnType<typeof layoutOf>, from: number, to: number, pixels: number, min: number, into = out) =>
    [...into.subarray(0, cull(layout, from, to, pixels, min, into))]

  it('writes what lies in the range, row by row', () => {
    const layout = layoutOf('a;b 2', 'a;c 1', 'a 1', 'd;e 4', 'f 8')
    expect(visible(layout, 0, 1, 1000, 1)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(visible(layout, 0, 0.5, 1000, 1)).toEqual([0, 1])
    expect(visible(layout, 0.6, 0.64, 1000, 1)).toEqual([0, 2, 4, 5])
  })
  it('stops below narrow boxes and thins out runs of narrow siblings', () => {
    const dust = Array.from({ length: 10_000 }, (_, i) => `dust${String(i).padStart(5, '0')};below 1`)
    const layout = layoutOf('wide 990000', ...dust)
    const boxes = visible(layout, 0, 1, 100, 1)
    expect(boxes.slice(0, 3)).toEqual([0, 1, 2])
    expect(boxes.length).toBeLessThanOrEqual(4)
    // zoomed in on a hundred of the grains, they and what is below them are wide enough again
    expect(visible(layout, 0.99, 0.9901, 1000, 1).length).toBeGreaterThanOrEqual(201)
  })
  it('never writes beyond the end of `out`', () => {
    expect(visible(layoutOf('a 1', 'b 1', 'c 1'), 0, 1, 100, 1, new Int32Array(2))).toEqual([0, 1])
    expect(visible(layoutOf('a 1'), 0, 1, 100, 1, new Int32Array(0))).toEqual([])
    expect(visible(layoutOf('a 1'), 0.5, 0.5, 100, 1)).toEqual([])
  })
})
