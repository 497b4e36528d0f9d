import { describe, expect, it, vi } from 'vitest'
import { Parcels } from '../../../engine/parcels'
import type { Profile } from '../../../engine/profile/columns'
import type { Choice } from '../../../engine/profile/drawings'
import { makeTrees, type TreeKind } from '../../../engine/profile/tree-work'
import { TreesClient, type TreesThread } from '../../../renderer/state/trees-client'
import { packed, unpacked, type FromTrees, type ToTrees, type TreeRequest } from '../../../renderer/state/trees-parcel'
import { importedRun } from './fixture'

/** The thread as a test plays it: it answers when it is told to. */
class FakeThread implements TreesThread {
  heard: ToTrees[] = []
  ended = false
  private tell: (event: { data: FromTrees }) => void = () => undefined
  private complain: (event: { message?: string }) => void = () => undefined
  private readonly parcels = new Parcels()
  private readonly profiles = new Map<number, Profile>()
  postMessage(posted: unknown) {
    const message = this.parcels.hear(structuredClone(posted)) as ToTrees | undefined
    if (!message) return
    this.heard.push(message)
    if (message.type === 'profile') this.profiles.set(message.id, message.profile)
  }
  addEventListener(type: string, listener: (event: never) => void) {
    if (type === 'message') this.tell = listener as typeof this.tell
    else this.complain = listener as typeof this.complain
  }
  terminate() { this.ended = true }

  asked(): TreeRequest[] { return this.heard.filter((one) => one.type === 'make') }
  /** Makes what was asked for last, as the thread itself would, through copies as between threads. */
  answer() {
    const request = this.asked().at(-1)!
    const profiles = request.profiles.map((id) => this.profiles.get(id)!)
    const parcel = packed(makeTrees(request.kind, profiles, request.args), profiles)
    const answer = structuredClone(parcel.answer, { transfer: parcel.transfer }) as ReturnType<typeof makeTrees<TreeKind>>
    this.tell({ data: { type: 'made', job: request.job, answer } })
  }
  fail(what: string) { this.tell({ data: { type: 'failed', job: this.asked().at(-1)!.job, error: { what } } }) }
  break(message: string) { this.complain({ message }) }
}

const profile = importedRun('big').profile
const choice: Choice = { weight: 0, scope: 'total', thread: null, transforms: [] }
const onlyHost: Choice = { ...choice, transforms: [{ kind: 'only-world', world: 'host-kernel' }] }

/** `most` 0: every profile counts as large. */
function client(most = 0) {
  const threads: FakeThread[] = []
  const changed = vi.fn()
  const made = new TreesClient(() => {
    threads.push(new FakeThread())
    return threads.at(-1)!
  }, changed, most)
  return { trees: made, threads, changed }
}

describe('trees of a small profile', () => {
  it('are made at once, without a thread, and are the same object each time', () => {
    const { trees, threads } = client(1000)
    const first = trees.now('flame', [profile], choice)!
    expect(first.whole).toBeGreaterThan(0)
    expect(trees.now('flame', [profile], { ...choice })).toBe(first)
    trees.want('flame', [profile], choice)()
    expect(threads).toHaveLength(0)
  })
})

describe('trees of a large profile', () => {
  it('come from the thread, equal to those that the page would make, with the names of the profile itself', () => {
    const { trees, threads, changed } = client()
    expect(trees.now('flame', [profile], choice)).toBeNull()
    expect(threads).toHaveLength(0)
    trees.want('flame', [profile], choice)
    threads[0]!.answer()
    const answer = trees.now('flame', [profile], choice)!
    expect(changed).toHaveBeenCalledOnce()
    expect(answer).toEqual(makeTrees('flame', [profile], choice))
    expect(answer.down.tree.frames).toBe(profile.frames)
    expect(trees.now('flame', [profile], choice)).toBe(answer)
  })

  it('are of one question at a time, and the profile is sent once', () => {
    const { trees, threads } = client()
    trees.want('flame', [profile], choice)
    trees.want('inverted', [profile], choice)
    expect(threads[0]!.asked().map(({ kind }) => kind)).toEqual(['flame'])
    threads[0]!.answer()
    expect(threads[0]!.asked().map(({ kind }) => kind)).toEqual(['flame', 'inverted'])
    expect(threads[0]!.heard.filter(({ type }) => type === 'profile')).toHaveLength(1)
  })

  it('are not asked for when nobody waits any more', () => {
    const { trees, threads } = client()
    trees.want('flame', [profile], choice)
    const release = trees.want('inverted', [profile], choice)
    release()
    threads[0]!.answer()
    expect(threads[0]!.asked().map(({ kind }) => kind)).toEqual(['flame'])
  })

  it('are given up half-way for what is waited for, and a late answer is dropped', () => {
    const { trees, threads } = client()
    trees.want('flame', [profile], choice)()
    trees.want('flame', [profile], onlyHost)
    expect(threads.map(({ ended }) => ended)).toEqual([true, false])
    // it had answered before it was ended
    threads[0]!.answer()
    expect(trees.now('flame', [profile], choice)).toBeNull()
    threads[1]!.answer()
    expect(trees.now('flame', [profile], onlyHost)).toEqual(makeTrees('flame', [profile], onlyHost))
  })

  it('are kept for two views that want the same, and asked for again once they were given up', () => {
    const { trees, threads } = client()
    const [first, second] = [trees.want('flame', [profile], choice), trees.want('flame', [profile], choice)]
    expect(threads[0]!.asked()).toHaveLength(1)
    first()
    trees.want('inverted', [profile], choice)
    expect(threads[0]!.ended).toBe(false)
    second()
    trees.want('sandwich', [profile], { choice, around: { name: 'x', module: '' } })
    expect(threads[0]!.ended).toBe(true)
    threads[1]!.answer()
    expect(trees.now('inverted', [profile], choice)).not.toBeNull()
    trees.want('flame', [profile], choice)
    threads[1]!.answer()
    expect(trees.now('sandwich', [profile], { choice, around: { name: 'x', module: '' } })).toEqual({ sandwich: null })
    threads[1]!.answer()
    expect(trees.now('flame', [profile], choice)).not.toBeNull()
  })

  it('that cannot be made say so in plain words, and can be asked for again', () => {
    const { trees, threads } = client()
    const release = trees.want('flame', [profile], choice)
    threads[0]!.fail('out of order')
    expect(trees.now('flame', [profile], choice)).toBeNull()
    expect(trees.failure('flame', [profile], choice)).toMatchObject({
      what: `Nothing new can be shown of ${profile.name}: out of order`, kept: expect.any(String) as string, todo: expect.any(String) as string,
    })
    release()
    trees.want('flame', [profile], choice)
    expect(trees.failure('flame', [profile], choice)).toBeNull()
    threads[0]!.answer()
    expect(trees.now('flame', [profile], choice)).not.toBeNull()
  })

  it('survive the end of the thread: what was asked fails, the next question gets another thread', () => {
    const { trees, threads } = client()
    trees.want('flame', [profile], choice)
    trees.want('inverted', [profile], choice)
    threads[0]!.break('Array buffer allocation failed')
    expect(trees.failure('flame', [profile], choice)!.what).toContain('Array buffer allocation failed')
    threads[1]!.answer()
    expect(trees.now('inverted', [profile], choice)).not.toBeNull()
  })

  it('can be waited for', async () => {
    const { trees, threads } = client()
    const later = trees.later('flame', [profile], choice)
    threads[0]!.answer()
    expect((await later)?.whole).toBe(trees.now('flame', [profile], choice)!.whole)
    const never = trees.later('inverted', [profile], choice)
    threads[0]!.fail('no')
    await expect(never).rejects.toThrow('Nothing new can be shown of')
    const given = new AbortController()
    const up = trees.later('inverted', [profile], choice, given.signal)
    given.abort()
    expect(await up).toBeNull()
  })
})

describe('a parcel', () => {
  it('takes no column away from the profile that it is made of', () => {
    for (const rules of [null, []]) {
      const answer = makeTrees('classification', [profile], { rules })
      const { answer: sent, transfer } = packed(answer, [profile])
      const arrived = unpacked(structuredClone(sent, { transfer }) as typeof answer, [profile])
      expect(profile.stacks.world.length).toBeGreaterThan(0)
      expect(arrived.profile).toBe(profile)
      expect(arrived).toEqual(makeTrees('classification', [profile], { rules }))
    }
  })

  it('copies a weight of the profile, which is a column in a list of its own', () => {
    const answer = makeTrees('samples', [profile], { rules: null, weight: 0 })
    const { transfer } = packed(answer, [profile])
    expect(answer.weight).toBe(profile.samples.weights[0])
    expect(transfer).not.toContain(answer.weight.buffer)
    expect(transfer).toContain(answer.row.buffer)
  })

  it('carries every column without a copy, and names of a profile by its number', () => {
    const answer = makeTrees('flame', [profile], choice)
    const { answer: sent, transfer } = packed(answer, [profile])
    expect(transfer).toContain(answer.down.tree.total.buffer)
    expect(transfer).toContain(answer.down.layout.left.buffer)
    expect(JSON.stringify(sent)).not.toContain(profile.frames.name[0])
    expect(unpacked(structuredClone(sent), [profile])).toEqual(answer)
  })
})
