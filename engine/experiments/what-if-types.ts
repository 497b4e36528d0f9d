import type { Scenario } from '../machine/scenario'
import type { Profile } from '../profile/columns'
import type { RunReport } from '../run-report'

/** Any scenario: it is simulated as a run of it would be, only that it overtakes everything else. */
export interface WhatIfRequest {
  scenario: Scenario
}

/** The same report, profile and digest as `run` gives for the same scenario. */
export interface WhatIfResult {
  report: RunReport
  profile: Profile
  digest: string
}

/** Enough for steady figures, and some 30 ms of simulating: a hand on a slider sees ten of them a second and more. */
export const whatIfBytes = 10_000_000
