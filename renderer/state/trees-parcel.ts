import { mapped } from '../../engine/parcels'
import type { Profile } from '../../engine/profile/columns'
import type { TreeAnswer, TreeArgs, TreeKind } from '../../engine/profile/tree-work'
import type { PlainError } from '../../engine/plain-error'

/** Messages between the window's page and the thread that makes its trees (trees-worker.ts), in parcels (engine/parcels.ts). */
export type ToTrees =
  /** A profile that requests name by this number from now on. */
  | { type: 'profile'; id: number; profile: Profile }
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

/** In place of a profile or its frame table: the page has them already. */
type Known = { profileOf: number } | { framesOf: number }

const isColumn = ArrayBuffer.isView

/**
 * The answer as it is sent, and the buffers that go with it instead of being copied; never those of the profiles themselves. Lists of
 * an answer are rows, thousands of them, which hold neither columns nor profiles: nobody looks into them.
 */
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
  }, false)
  return { answer: sent, transfer: [...buffers] }
}

export function unpacked<Answer>(answer: Answer, profiles: readonly Profile[]): Answer {
  return mapped(answer, (value) => {
    if ('profileOf' in value) return profiles[(value as { profileOf: number }).profileOf]!
    return 'framesOf' in value ? profiles[(value as { framesOf: number }).framesOf]!.frames : value
  }, false) as Answer
}
