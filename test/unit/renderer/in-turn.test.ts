import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTurn } from '../../../renderer/charts/in-turn'

describe('first drawings', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  const drawn: string[] = []
  const draw = (name: string) => inTurn(() => { drawn.push(name) })
  beforeEach(() => { drawn.length = 0 })

  it('are the first one at once and each other one in a task of its own, in order', () => {
    for (const name of ['a', 'b', 'c']) draw(name)
    expect(drawn).toEqual(['a'])
    vi.advanceTimersToNextTimer()
    expect(drawn).toEqual(['a', 'b'])
    draw('d')
    vi.runAllTimers()
    expect(drawn).toEqual(['a', 'b', 'c', 'd'])
    draw('later')
    expect(drawn.at(-1)).toBe('later')
    vi.runAllTimers()
  })

  it('are not made of what has gone away, and go on after one that fails', () => {
    draw('a')
    const giveUp = draw('gone')
    inTurn(() => { throw new Error('no canvas') })
    draw('c')
    giveUp()
    expect(() => vi.advanceTimersToNextTimer()).toThrow('no canvas')
    vi.runAllTimers()
    expect(drawn).toEqual(['a', 'c'])
    giveUp()
  })
})
