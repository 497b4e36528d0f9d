import type { Profile } from '../profile/columns'
import type { LoadReport } from './load-report'

export interface ReadProfile {
  profile: Profile
  report: LoadReport
}

/** Reading content that is there as a whole, in steps of some milliseconds; each yields the part that is done, 0 to 1. */
export type ReadSteps = Generator<number, ReadProfile, void>

/** What steps come to, taken one after another without a pause. */
export function resultOf<Result>(steps: Generator<unknown, Result, void>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** A reader in steps as a function that reads at once. */
export function atOnce<Arguments extends unknown[]>(steps: (...given: Arguments) => ReadSteps): (...given: Arguments) => ReadProfile {
  return (...given) => resultOf(steps(...given))
}

/** Steps that yield bytes gone over, of `length`, `passes` times, as the part that is done. */
export function* asPart(steps: Generator<number, void, void>, length: number, passes: number): Generator<number, void, void> {
  for (const passed of steps) yield Math.min(1, passed / (length * passes))
}
