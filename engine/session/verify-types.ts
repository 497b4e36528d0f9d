import type { SimulatedRun } from './document'

/** What is verified: a run as a session keeps it. Everything else about it, its name or colour, is the user's. */
export type VerifyRequest = Pick<SimulatedRun, 'report' | 'digest' | 'profile'>

/**
 * - `equal`: the digest, every figure and every sample are what the scenario and the seed give.
 * - `altered`: the digest is, what is stored beside it is not: it was changed after the run.
 * - `different`: the digest is another.
 * - `other-engine`: another version of the engine made the run, so that a difference proves nothing.
 * - `impossible`: the scenario cannot be run here, so nothing was compared.
 */
export type Verdict = 'equal' | 'altered' | 'different' | 'other-engine' | 'impossible'

export interface Verification {
  verdict: Verdict
  /** Sentences for people: what was done, what was found, what follows from it. */
  words: string[]
  engineVersion: { stored: string; here: string }
  /** `recomputed` is null when nothing could be. */
  digest: { stored: string; recomputed: string | null }
  /** Places of the report where it is another one, the first `mostDifferences` of `differing`. */
  differences: ReportDifference[]
  differing: number
  /** Whether the stacks and their samples are the same. */
  sameProfile: boolean
}

export interface ReportDifference {
  /** `table.guest-idle.percent`: entries of lists by their id where they have one. */
  where: string
  /** As JSON, cut; undefined: not there. */
  stored: string | undefined
  recomputed: string | undefined
}

export const mostDifferences = 12
