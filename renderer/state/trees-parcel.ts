import type { Profile, StackTable } from '../../engine/profile/columns'
import type { TreeAnswer, TreeArgs, TreeKind } from '../../engine/profile/tree-work'
import type { PlainError } from '../../engine/plain-error'

/** Messages between the window's page and the thread that makes its trees (trees-worker.ts). */
export type ToTrees =
  /** A profile that requests name by this number from now on, and how many stacks come in parts after it. */
  | { type: 'profile'; id: number; profile: WithoutStacks; stacks: number }
  | { type: 'stacks'; id: number; at: number; part: StackTable }
  | { type: 'forget'; id: number }
  | TreeRequest

export interface TreeRequest<Kind extends TreeKind = TreeKind> {
  type: 'make'
  job: number
  kind: Kind
  profiles: number[]
  args: TreeArgs<Kind>
}

export type FromTrees =
  | { type: 'made'; job: number; answer: TreeAnswer<TreeKind> }
  | { type: 'failed'; job: number; error: PlainError }

export type WithoutStacks = Omit<Profile, 'stacks'>

/** So many stacks are copied within some 5 ms. */
const stacksAtOnce = 1 << 20

/** A profile as it is sent, a step at a time: all at once the stacks of a very large one would hold the page up. */
export function* profileParcels(id: number, profile: Profile, most = stacksAtOnce): Generator<{ message: ToTrees; transfer: ArrayBuffer[] }, void, void> {
  const { stacks: { parent, frame, world }, ...rest } = profile
  yield { message: { type: 'profile', id, profile: rest, stacks: parent.length }, transfer: [] }
  for (let at = 0; at < parent.length; at += most) {
    const to = at + most
    const part = { parent: parent.slice(at, to), frame: frame.slice(at, to), world: world.slice(at, to) }
    yield { message: { type: 'stacks', id, at, part }, transfer: [part.parent.buffer, part.frame.buffer, part.world.buffer] }
  }
}

/** Puts profiles together again. */
export class ArrivedProfiles {
  private readonly profiles = new Map<number, Profile>()

  hear(message: Exclude<ToTrees, TreeRequest>): void {
    if (message.type === 'forget') this.profiles.delete(message.id)
    else if (message.type === 'profile') {
      const { stacks } = message
      this.profiles.set(message.id, {
        ...message.profile, stacks: { parent: new Int32Array(stacks), frame: new Int32Array(stacks), world: new Uint8Array(stacks) },
      })
    } else {
      const stacks = this.profiles.get(message.id)?.stacks
      stacks?.parent.set(message.part.parent, message.at)
      stacks?.frame.set(message.part.frame, message.at)
      stacks?.world.set(message.part.world, message.at)
    }
  }

  get(id: number): Profile {
    return this.profiles.get(id)!
  }
}

/** In place of a profile or its frame table: the page has them already. */
type Known = { profileOf: number } | { framesOf: number }

const isColumn = ArrayBuffer.isView

/** The answer as it is sent, and the buffers that go with it instead of being copied; never those of the profiles themselves. */
export function packed(answer: unknown, profiles: readonly Profile[]): { answer: unknown; transfer: ArrayBuffer[] } {
  const [own, buffers] = [new Set<ArrayBufferLike>(), new Set<ArrayBuffer>()]
  const known = (value: object): Known | null => {
    const of = profiles.findIndex((profile) => profile === value || profile.frames === value)
    return of < 0 ? null : profiles[of] === value ? { profileOf: of } : { framesOf: of }
  }
  for (const profile of profiles) {
    mapped({ ...profile }, (value) => {
      if (isColumn(value)) own.add(value.buffer)
      return value
    })
  }
  const sent = mapped(answer, (value) => {
    if (isColumn(value) && !own.has(value.buffer)) buffers.add(value.buffer as ArrayBuffer)
    return known(value) ?? value
  })
  return { answer: sent, transfer: [...buffers] }
}

export function unpacked<Answer>(answer: Answer, profiles: readonly Profile[]): Answer {
  return mapped(answer, (value) => {
    if ('profileOf' in value) return profiles[(value as { profileOf: number }).profileOf]!
    return 'framesOf' in value ? profiles[(value as { framesOf: number }).framesOf]!.frames : value
  }) as Answer
}

/** Goes through records of records down to columns and lists, which are left alone: what columns there are in lists is copied. */
function mapped(value: unknown, change: (value: object) => object): unknown {
  if (typeof value !== 'object' || value === null) return value
  const changed = change(value)
  if (changed !== value || isColumn(value) || Array.isArray(value)) return changed
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one, change)]))
}
