import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Parcels, parcelsOf, postInSteps } from '../../engine/parcels'

class Kept {
  stack = Int32Array.from({ length: 70 }, (_, i) => i)
}
const message = {
  type: 'done', job: 3, of: { ...new Kept() }, nothing: null, words: ['a', 'b'],
  run: { time: Float64Array.from({ length: 100 }, (_, i) => i / 3), weights: [new Float64Array(50).fill(2), new Float64Array(1)], stacks: { world: Uint8Array.from({ length: 333 }, (_, i) => i) } },
}
const posts = (parcel: number, value: unknown, most?: number) => [...parcelsOf(parcel, value, most)].map(({ post }) => post)
/** Through copies, as between processes. */
const received = (parcels: Parcels, sent: readonly unknown[]) =>
  sent.map((post) => parcels.hear(structuredClone(post))).filter((one) => one !== undefined)

describe('a message with large columns', () => {
  it('arrives as it was, whatever the size of its parts', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3000 }), (most) => {
      const sent = posts(1, message, most)
      expect(received(new Parcels(), sent)).toEqual([message])
      for (const post of sent as { part?: Uint8Array }[]) expect(post.part?.byteLength ?? 0).toBeLessThanOrEqual(Math.max(8, most))
    }))
  })

  it('is one message and the same object where nothing in it is large', () => {
    const [only, ...others] = posts(1, message)
    expect(only).toBe(message)
    expect(others).toEqual([])
  })

  it('may be of any class: a copy between processes loses it', () => {
    const sent = posts(1, { of: new Kept() }, 32)
    expect(sent.length).toBeGreaterThan(4)
    expect(received(new Parcels(), sent)).toEqual([{ of: { ...new Kept() } }])
  })

  it('may come between the parts of another', () => {
    const [a, b] = [posts(1, message, 64), posts(2, { ...message, job: 4 }, 80)]
    const mixed = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]]).flat().filter((one) => one !== undefined)
    const found = received(new Parcels(), mixed) as (typeof message)[]
    expect(found.map(({ job }) => job).sort()).toEqual([3, 4])
    for (const one of found) expect({ ...one, job: 3 }).toEqual(message)
  })

  it('is forgotten when its sender gives up', () => {
    const parcels = new Parcels()
    const sent = posts(1, message, 64)
    received(parcels, [sent[0], { parcel: 1, dropped: true }])
    const other = posts(1, { big: new Uint8Array(40) }, 2)
    expect(received(parcels, other)).toEqual([{ big: new Uint8Array(40) }])
  })

  it('is refused where a part is of no column', () => {
    expect(() => new Parcels().hear({ parcel: 9, column: 0, type: 'Function', length: 3, at: 0, part: new Uint8Array(1) })).toThrow('Function')
  })
})

describe('posting in steps', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('leaves the event loop a turn before and between the parts of a large message', () => {
    const [sent, ended] = [vi.fn(), vi.fn()]
    const all = posts(1, message, 64).length
    postInSteps(parcelsOf(1, message, 64), sent, () => true, ended)
    expect(sent).not.toHaveBeenCalled()
    vi.advanceTimersToNextTimer()
    expect(sent.mock.calls.length).toBeGreaterThan(0)
    expect(sent.mock.calls.length).toBeLessThan(all)
    expect(ended).not.toHaveBeenCalled()
    vi.runAllTimers()
    expect(sent.mock.calls.map(([{ post }]) => post as unknown)).toEqual(posts(1, message, 64))
    expect(ended).toHaveBeenCalledOnce()
  })

  it('stops where nobody wants the rest', () => {
    const [sent, ended] = [vi.fn(), vi.fn()]
    let wanted = true
    postInSteps(parcelsOf(2, message, 64), sent, () => wanted, ended)
    vi.advanceTimersToNextTimer()
    const before = sent.mock.calls.length
    wanted = false
    vi.runAllTimers()
    expect(sent).toHaveBeenCalledTimes(before)
    expect(ended).not.toHaveBeenCalled()
  })

  it('sends a small message at once', () => {
    const [sent, ended] = [vi.fn(), vi.fn()]
    postInSteps(parcelsOf(3, message), sent, () => true, ended)
    expect(sent).toHaveBeenCalledExactlyOnceWith({ post: message, transfer: [] })
    expect(ended).toHaveBeenCalledOnce()
  })
})
