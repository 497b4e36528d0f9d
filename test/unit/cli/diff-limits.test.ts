import { describe, expect, it } from 'vitest'
import type { Diff, DiffFigure } from '../../../engine/cli/diff-figures'
import { limitOf, regressionsOf } from '../../../engine/cli/diff-limits'

const figure = (more: Partial<DiffFigure>): DiffFigure => ({ a: 10, b: 12, points: 2, ci95: [0.5, 3.5], verdict: 'higher', ...more })
const diff: Diff = {
  unlike: null, weight: { label: 'sampled', a: 0, b: 0, evidence: 'sampled' }, of: 'self',
  rows: [
    { id: 'vmm', label: 'VMM time', scope: 'total', adjustedP: 0.01, ...figure({}) },
    { id: 'chance', label: '', scope: 'vmm', adjustedP: 0.2, ...figure({ verdict: 'no evidence' }) },
    { id: 'gone', label: '', scope: 'vmm', adjustedP: null, ...figure({ b: null, points: null, ci95: null, verdict: null }) },
    { id: 'bare', label: '', scope: 'vmm', adjustedP: null, ...figure({ ci95: null, verdict: null }) },
  ],
  worlds: [{ id: 'vmm', label: 'VMM', ...figure({ points: -2, ci95: [-3.5, -0.5], verdict: 'lower' }) }],
  functions: [
    { name: 'std::sort:3', module: 'a', ...figure({ ci95: null }) }, { name: 'twice', module: 'a', ...figure({}) }, { name: 'twice', module: 'b', ...figure({ verdict: 'no evidence' }) },
  ],
}
const more = (text: string) => regressionsOf(diff, [limitOf(text, 'more')]).map(({ words }) => words)
const less = (text: string) => regressionsOf(diff, [limitOf(text, 'less')]).map(({ words }) => words)

describe('a limit', () => {
  it.each([
    ['vmm', 'row', 'vmm', 0], ['vmm:2', 'row', 'vmm', 2], ['vmm:0.25', 'row', 'vmm', 0.25], ['world:vmnet:3', 'world', 'vmnet', 3],
    ['function:std::sort', 'function', 'std::sort', 0], ['function:std::sort:2', 'function', 'std::sort', 2], ['function:a:b', 'function', 'a:b', 0],
    ['function:worldly', 'function', 'worldly', 0],
  ])('%s is of a %s %s with %d points allowed', (text, kind, name, points) => expect(limitOf(text, 'more')).toEqual({ text, kind, name, points, way: 'more' }))
  it.each(['', ':2', 'world:', 'function::1'])('"%s" names nothing', (text) => expect(() => limitOf(text, 'more')).toThrow('A row is needed'))
})

describe('a regression', () => {
  it('is a verdict, with the whole interval beyond what is allowed', () => {
    expect(more('vmm')).toEqual(['vmm is higher by 2.00 points [0.50, 3.50]'])
    expect(more('vmm:0.4')).toEqual(['vmm is higher by 2.00 points [0.50, 3.50]; 0.4 were allowed'])
    expect(more('vmm:0.5')).toEqual([])
    expect(less('vmm')).toEqual([])
    expect(less('world:vmm')).toEqual(['world vmm is lower by 2.00 points [-3.50, -0.50]'])
    expect(less('world:vmm:0.5')).toEqual([])
  })
  it('is none where chance does that among so many rows', () => expect(more('chance')).toEqual([]))
  it('of a counted figure needs no interval', () => {
    expect(more('function:a!std::sort:3:5')).toEqual([])
    expect(more('function:std::sort:3:1')).toEqual(['function std::sort:3 is higher by 2.00 points, counted; 1 was allowed'])
    expect(more('function:std::sort:3:2')).toEqual([])
  })
  it('is never passed over in silence', () => {
    expect(() => more('gone')).toThrow('has a figure on one side only')
    expect(() => more('bare')).toThrow('has no interval')
    expect(() => more('idle')).toThrow('Neither side has idle')
    expect(() => more('function:twice')).toThrow('There are 2 of function twice')
    expect(more('function:a!twice')).toHaveLength(1)
    expect(more('function:b!twice')).toHaveLength(0)
  })
})
