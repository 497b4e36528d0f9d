import { describe, expect, it } from 'vitest'
import { openCase } from './case'
import { corpus } from './corpus'
import { caseOf } from './mutations'

const seeds = corpus()
const cases = 660

/** The seeded part of `npm test`; the soak goes on from here, with a watch on time and memory. */
describe('damaged files', () => {
  it('are undamaged to begin with: every seed is read', () => {
    for (const { name, bytes } of seeds.filter(({ name }) => !/json|cpuprofile$/.test(name))) expect([name, openCase(bytes)]).toEqual([name, 'read'])
  })

  it('are the same cases every time', () => {
    expect(caseOf(12, corpus())).toEqual(caseOf(12, seeds))
  })

  it(`are read or refused in plain words, ${cases} of them`, () => {
    const outcomes = { read: 0, refused: 0 }
    for (let index = 0; index < cases; index++) {
      const { name, bytes } = caseOf(index, seeds)
      try {
        outcomes[openCase(bytes)]++
      } catch (thrown) {
        throw new Error(`${name}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`, { cause: thrown })
      }
    }
    // mutations that nothing survives, or that change nothing, would test nothing
    expect(outcomes.read).toBeGreaterThan(cases / 5)
    expect(outcomes.refused).toBeGreaterThan(cases / 10)
  })
})
