import { describe, expect, it } from 'vitest'
import { StackBuilder } from '../../../engine/profile/columns'
import { Random } from '../../../engine/machine/random'
import { World } from '../../../engine/worlds'

describe('the stack table', () => {
  it('has each pair of caller and frame once, however large it grows', () => {
    const random = new Random(1, 1)
    const builder = new StackBuilder()
    const known = new Map<number, number>()
    // few callers of very many and many of few: near slots fill up, and the table grows eight times meanwhile
    for (let i = 0; i < 400_000; i++) {
      const parent = random.between(0, 3) === 0 ? random.between(-1, 40) : random.between(-1, Math.max(0, known.size - 1))
      const frame = random.between(0, 3000)
      const key = (parent + 1) * 4096 + frame
      const id = known.get(key) ?? known.size
      known.set(key, id)
      if (builder.stackId(parent, frame, World.Unclassified) !== id) expect([i, parent, frame]).toBe(`stack ${id}`)
    }
    expect(builder.tables().stacks.parent).toHaveLength(known.size)
    expect(known.size).toBeGreaterThan(200_000)
  })
})
