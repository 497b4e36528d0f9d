import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapley } from '../../engine/experiments/ladder-shares'

/** Values of all combinations of 1 to 4 switches; multiples of 4! so that every share is a whole number, exactly. */
const games = fc.integer({ min: 1, max: 4 }).chain((players) =>
  fc.array(fc.integer({ min: -1e6, max: 1e6 }).map((n) => n * 24), { minLength: 1 << players, maxLength: 1 << players }))
const players = (values: readonly number[]) => Math.log2(values.length)
const pick = fc.nat(3)

describe('shares of switches', () => {
  it('sum to the whole difference', () => {
    fc.assert(fc.property(games, (values) => {
      expect(shapley(values).reduce((sum, share) => sum + share, 0)).toBe(values.at(-1)! - values[0]!)
    }))
  })
  it('are 0 for a switch that changes nothing in any combination', () => {
    fc.assert(fc.property(games, pick, (values, at) => {
      const bit = 1 << (at % players(values))
      const idle = values.map((_, combination) => values[combination & ~bit]!)
      expect(shapley(idle)[at % players(values)]! + 0).toBe(0)
    }))
  })
  it('are equal for two switches that can be exchanged', () => {
    fc.assert(fc.property(games, pick, pick, (values, one, other) => {
      const n = players(values)
      const [x, y] = [1 << (one % n), 1 << (other % n)]
      const swapped = (combination: number) => (combination & ~(x | y))
        | (combination & x ? y : 0) | (combination & y ? x : 0)
      const symmetric = values.map((value, combination) => value + values[swapped(combination)]!)
      const shares = shapley(symmetric)
      expect(shares[one % n]).toBe(shares[other % n])
    }))
  })
  it('of two figures together are the sums of their shares: rows add up to the whole', () => {
    fc.assert(fc.property(games, fc.infiniteStream(fc.integer({ min: -1e6, max: 1e6 })), (values, stream) => {
      const others = values.map(() => stream.next().value * 24)
      const [a, b] = [shapley(values), shapley(others)]
      expect(shapley(values.map((value, i) => value + others[i]!))).toEqual(a.map((share, i) => share + b[i]!))
    }))
  })
  it('are the switch\'s own change where switches do not act on each other', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }).map((n) => n * 24), { minLength: 1, maxLength: 4 }), (alone) => {
      const values = Array.from({ length: 1 << alone.length }, (_, combination) =>
        alone.reduce((sum, change, bit) => sum + (combination & (1 << bit) ? change : 0), 0))
      expect(shapley(values).map((share) => share + 0)).toEqual(alone.map((change) => change + 0))
    }))
  })
  it('are refused of values that are not those of every combination', () => {
    expect(() => shapley([1, 2, 3])).toThrow(RangeError)
  })
})
