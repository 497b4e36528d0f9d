import type { Seconds } from '../units'

/** What it takes to know something; planner.ts makes it. */
export interface Plan {
  /** Samples to take (on each side, for a difference). */
  samples: number
  /** How many independent samples they count as. */
  independentSamples: number
  /** Null without a rate. */
  seconds: Seconds | null
  words: string
}
