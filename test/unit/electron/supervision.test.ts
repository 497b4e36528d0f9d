import { describe, expect, it } from 'vitest'
import { Heartbeat, heartbeatMilliseconds, StartBudget } from '../../../electron/supervision'

describe('the heartbeat', () => {
  const beats = (heartbeat: Heartbeat, count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => heartbeat.beat(from + i * heartbeatMilliseconds))

  it('goes on as long as pings are answered', () => {
    const heartbeat = new Heartbeat()
    for (let i = 1; i <= 100; i++) {
      expect(heartbeat.beat(i * heartbeatMilliseconds)).toBe(i)
      heartbeat.pong(i)
    }
  })

  it('forgives one beat and takes the second for a hang', () => {
    expect(beats(new Heartbeat(), 3)).toEqual([1, 2, 'hung'])
  })

  it('counts a late answer: silence is what matters', () => {
    const heartbeat = new Heartbeat()
    beats(heartbeat, 2)
    heartbeat.pong(1)
    expect(beats(heartbeat, 3, 10_000)).toEqual([3, 4, 'hung'])
  })

  it('ignores an answer to a ping that was never sent', () => {
    const heartbeat = new Heartbeat()
    heartbeat.beat(0)
    heartbeat.pong(2)
    heartbeat.pong(0)
    expect(beats(heartbeat, 2, 5000)).toEqual([2, 'hung'])
  })

  it('waits for an announced step by how much it goes over, and never more than a minute', () => {
    const hungAt = (bytes: number) => {
      const heartbeat = new Heartbeat()
      heartbeat.busy(0, bytes)
      return beats(heartbeat, 100).indexOf('hung') * heartbeatMilliseconds
    }
    expect(hungAt(0)).toBe(15_000)
    // 200 MB at 10 MB/s, and the ten seconds that everybody has
    expect(hungAt(200e6)).toBe(35_000)
    expect([500e6, 1e12].map(hungAt)).toEqual([65_000, 65_000])
  })

  it('is as strict as before once the long step has been followed by an answer', () => {
    const heartbeat = new Heartbeat()
    heartbeat.busy(0, 0)
    heartbeat.beat(0)
    heartbeat.pong(1)
    expect(beats(heartbeat, 3, 5000)).toEqual([2, 3, 'hung'])
  })
})

describe('the budget of starts', () => {
  it('allows three in a minute, and more as the first ones age', () => {
    const budget = new StartBudget()
    expect([0, 10_000, 20_000].map((now) => budget.take(now))).toEqual([true, true, true])
    expect(budget.take(59_999)).toBe(false)
    expect(budget.take(60_000)).toBe(true)
    expect(budget.take(60_001)).toBe(false)
    expect(budget.take(70_000)).toBe(true)
  })

  it('starts afresh by the wish of the user', () => {
    const budget = new StartBudget()
    for (let i = 0; i < 3; i++) budget.take(0)
    budget.reset()
    expect(budget.take(1)).toBe(true)
  })
})
