import { attributeProfile } from '../../engine/experiments/rows-of-profile'
import type { Profile } from '../../engine/profile/columns'
import { rootFrames } from '../../engine/profile/roots'
import type { SessionRun, SimulatedRun } from '../../engine/session/document'
import type { FramePath } from './frame-path'

const known = new WeakMap<Profile, (string | null)[]>()

/** Which row of Table 2 the own time of each stack of a simulated run belongs to; null: to none. */
export function rowsOfStacks(profile: Profile): readonly (string | null)[] {
  let rows = known.get(profile)
  if (!rows) known.set(profile, rows = attributeProfile(profile).rowOf)
  return rows
}

export function stepOfFrame({ frames }: Profile, frame: number): string {
  return `${frames.module[frame]!}\n${frames.name[frame]!}`
}

/** The way from the outermost call to a stack. */
export function pathOfStack(profile: Profile, stack: number): FramePath {
  const path: FramePath = []
  for (let at = stack; at >= 0; at = profile.stacks.parent[at]!) path.push(stepOfFrame(profile, profile.stacks.frame[at]!))
  return path.reverse()
}

/**
 * Whether a stack's way from the outermost call is `path`, whose steps are what `stepOf` makes of a stack. A path below
 * VMM time (`vmm`) may leave that out, as a flame of VMM time does.
 */
export function isAtPath<Step>(
  stack: number, parent: ArrayLike<number>, stepOf: (stack: number) => Step, path: readonly Step[], vmm: Step,
): boolean {
  let at = stack
  for (let step = path.length - 1; step >= 0; step--) {
    if (at < 0 || stepOf(at) !== path[step]) return false
    at = parent[at]!
  }
  return at < 0 || (parent[at]! < 0 && stepOf(at) === vmm)
}

const vmmStep = `root\n${rootFrames.vmm}`

/** The stack at the end of a path, or -1. */
export function stackAt(profile: Profile, path: FramePath): number {
  const { parent, frame } = profile.stacks
  if (path.length === 0) return -1
  const stepOf = (stack: number) => stepOfFrame(profile, frame[stack]!)
  for (let stack = 0; stack < parent.length; stack++) if (isAtPath(stack, parent, stepOf, path, vmmStep)) return stack
  return -1
}

/** The row that a box of a flame belongs to; null for a recorded profile, and where no row has it. */
export function rowOfFrame(run: SessionRun, path: FramePath): string | null {
  if (run.kind === 'imported') return null
  const stack = stackAt(run.profile, path)
  return stack < 0 ? null : rowsOfStacks(run.profile)[stack] ?? null
}

export interface RowStack {
  stack: number
  path: FramePath
  world: number
  samples: number
  cycles: number
}

/** The stacks that make up a row, by their own true cycles, most first. 'vmm', which holds all of a scope, has none of its own. */
export function stacksOfRow({ profile }: SimulatedRun, row: string): RowStack[] {
  const rows = rowsOfStacks(profile)
  const column = (kind: 'sampled' | 'true') => profile.samples.weights[profile.weightTypes.findIndex((type) => type.kind === kind)]
  const [samples, cycles] = [column('sampled'), column('true')]
  const found: RowStack[] = []
  profile.samples.stack.forEach((stack, i) => {
    if (stack < 0 || rows[stack] !== row) return
    found.push({
      stack, path: pathOfStack(profile, stack), world: profile.stacks.world[stack]!,
      samples: samples?.[i] ?? 0, cycles: cycles?.[i] ?? 0,
    })
  })
  return found.sort((a, b) => b.cycles - a.cycles || b.samples - a.samples || a.stack - b.stack)
}
