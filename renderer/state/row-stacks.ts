import type { SessionRun } from '../../engine/session/document'
import { countWeight } from '../../engine/profile/paired'
import { pathOfStack, rowsOfRun } from './flame-rows'
import type { FramePath } from './frame-path'

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

export interface RowStack {
  stack: number
  path: FramePath
  world: number
  /** True cycles; of a recorded profile, which has none, its samples or what it weighs them by. */
  weight: number
}

/** The stacks that make up a row, by their own weight, most first. 'vmm', which holds all of a scope, has none of its own. */
export function stacksOfRow(run: SessionRun, row: string): RowStack[] {
  const { profile } = run
  const isIn = rowsOfRun(run)?.isIn(row)
  if (!isIn) return []
  const truth = profile.weightTypes.findIndex((type) => type.kind === 'true')
  const column = profile.samples.weights[run.kind === 'imported' || truth < 0 ? countWeight(profile) : truth]!
  const weights = new Map<number, number>()
  profile.samples.stack.forEach((stack, i) => {
    if (stack >= 0 && isIn(stack)) weights.set(stack, (weights.get(stack) ?? 0) + column[i]!)
  })
  return [...weights].sort(([a, inA], [b, inB]) => inB - inA || a - b)
    .map(([stack, weight]) => ({ stack, path: pathOfStack(profile, stack, 'total'), world: profile.stacks.world[stack]!, weight }))
}
