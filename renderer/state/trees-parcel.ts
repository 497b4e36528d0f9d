import type { FrameTable, Profile } from '../../engine/profile/columns'
import type { TreeAnswer, TreeArgs, TreeKind } from '../../engine/profile/tree-work'
import type { PlainError } from '../../engine/plain-error'

/** Messages between the window's page and the thread that makes its trees (trees-worker.ts). */
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

/** In place of a frame table that a profile has: names are many, and the page has them already. */
interface FramesOf {
  framesOf: number
}

const isColumn = ArrayBuffer.isView

/** The answer as it is sent, and the buffers that go with it instead of being copied. */
export function packed(answer: unknown, profiles: readonly Profile[]): { answer: unknown; transfer: ArrayBuffer[] } {
  const buffers = new Set<ArrayBuffer>()
  const sent = mapped(answer, (value) => {
    if (isColumn(value)) buffers.add(value.buffer as ArrayBuffer)
    const framesOf = profiles.findIndex(({ frames }) => frames === value)
    return framesOf < 0 ? value : { framesOf } satisfies FramesOf
  })
  return { answer: sent, transfer: [...buffers] }
}

export function unpacked<Answer>(answer: Answer, profiles: readonly Profile[]): Answer {
  return mapped(answer, (value) => {
    const { framesOf } = value as Partial<FramesOf>
    return framesOf === undefined ? value : profiles[framesOf]!.frames satisfies FrameTable
  }) as Answer
}

/** Goes through records of records down to columns and lists, which are left alone: there are no columns in lists. */
function mapped(value: unknown, change: (value: object) => object): unknown {
  if (typeof value !== 'object' || value === null) return value
  const changed = change(value)
  if (changed !== value || isColumn(value) || Array.isArray(value)) return changed
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one, change)]))
}
