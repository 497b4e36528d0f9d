import * as z from 'zod'
import { digestOfBytes } from '../canonical'
import type { ExperimentWork } from '../experiment-kinds'
import type { Experiment } from '../experiments/experiment'
import { toTheEnd } from '../experiments/method/again'
import { Simulation } from '../experiments/simulation'
import { writePprof } from '../formats/pprof/write'
import { parseScenario, type Scenario } from '../machine/scenario'
import { PlainErrorException } from '../plain-error'
import type { Profile } from '../profile/columns'
import { engineVersion } from '../version'
import { mostDifferences, type ReportDifference, type Verification, type VerifyRequest } from './verify-types'

/** Recomputes a run from its scenario and seed and compares everything that a session keeps of it. */
export const verifyExperiment: Experiment<'verify'> = { rank: 'normal', parse: parseVerify, run: verification }

// Shapes only: what is inside is what is to be found out.
const requestSchema = z.object({
  report: z.looseObject({ engineVersion: z.string(), scenario: z.unknown() }),
  digest: z.string(),
  profile: z.custom<Profile>((value) => z.looseObject({ stacks: z.looseObject({}), samples: z.looseObject({}) }).safeParse(value).success),
})

function parseVerify(request: unknown): VerifyRequest {
  const parsed = requestSchema.safeParse(request)
  if (!parsed.success) throw new PlainErrorException({ what: 'This is no simulated run, so it cannot be verified.' })
  return parsed.data as unknown as VerifyRequest
}

export function* verification(run: VerifyRequest): ExperimentWork<'verify'> {
  const scenario = scenarioOf(run)
  if (scenario instanceof PlainErrorException) return impossible(run, scenario.plain.what)
  const simulation = new Simulation(scenario)
  yield* toTheEnd(simulation)
  const again = simulation.result()
  const all = differencesOf(run.report, again.report)
  const engines = { stored: run.report.engineVersion, here: engineVersion }
  // the version is a part of the report: that it differs is told by itself
  const figures = all.filter(({ where }) => where !== 'engineVersion')
  const sameProfile = profileDigest(run.profile) === profileDigest(again.profile)
  const sameDigest = run.digest === again.digest
  const verdict = engines.stored !== engines.here ? 'other-engine'
    : !sameDigest ? 'different'
      : figures.length === 0 && sameProfile ? 'equal' : 'altered'
  const found: Verification = {
    verdict, words: [], engineVersion: engines, digest: { stored: run.digest, recomputed: again.digest },
    differences: figures.slice(0, mostDifferences), differing: figures.length, sameProfile,
  }
  return { ...found, words: wordsOf(found) }
}

/** The same at one go, for callers who have nothing else to do meanwhile. */
export function verifyRun(run: VerifyRequest): Verification {
  const work = verification(run)
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

function scenarioOf(run: VerifyRequest): Scenario | PlainErrorException {
  try {
    return parseScenario(run.report.scenario)
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) return thrown
    throw thrown
  }
}

function impossible(run: VerifyRequest, why: string): Verification {
  return {
    verdict: 'impossible',
    words: [
      `Not verified: this engine (${engineVersion}) cannot run the scenario. ${why}`,
      `The run was made by engine ${run.report.engineVersion}: verify it there.`,
    ],
    engineVersion: { stored: run.report.engineVersion, here: engineVersion },
    digest: { stored: run.digest, recomputed: null }, differences: [], differing: 0, sameProfile: false,
  }
}

/** Of the stacks and samples as a session keeps them: in the file's order, without stacks that no sample uses. */
function profileDigest(profile: Profile): string {
  return digestOfBytes(writePprof(profile))
}

function wordsOf({ verdict, engineVersion: engines, differing, sameProfile }: Verification): string[] {
  const what = [
    ...(differing > 0 ? [`${differing} ${differing === 1 ? 'figure' : 'figures'} of the report`] : []),
    ...(sameProfile ? [] : ['the samples and their stacks']),
  ].join(' and ')
  switch (verdict) {
    case 'equal':
      return [
        `Verified: simulated again from its scenario and seed by engine ${engines.here}, the run gives the same digest, the same figures and the same samples.`,
      ]
    case 'altered':
      return [
        `Altered: the digest is right, but ${what} are not what the scenario gives.`,
        'What is stored was changed after the run, in the file or by a defect of the program that saved it.',
      ]
    case 'different':
      return [
        `Not the same: simulated again by the same engine (${engines.here}), the run has another digest${what === '' ? '; its figures and samples are the same' : `, and other than stored are ${what}`}.`,
        'The file was changed, or the version of the engine does not say everything: please report it with the session.',
      ]
    default:
      return [
        `Made by engine ${engines.stored}, simulated again by engine ${engines.here}: the digests differ, because the version is a part of them.`,
        what === '' ? 'Apart from that every figure and every sample is the same.'
          : `Other than stored are ${what}. Versions may differ in their figures, so this proves neither a change nor a fault.`,
      ]
  }
}

const longestText = 200

/** Leaves in which two JSON values differ. Recursion follows the nesting of a report, a handful of levels. */
export function differencesOf(stored: unknown, recomputed: unknown, where = ''): ReportDifference[] {
  const [a, b] = [childrenOf(stored), childrenOf(recomputed)]
  if (!a || !b || Array.isArray(stored) !== Array.isArray(recomputed)) {
    const [left, right] = [JSON.stringify(stored), JSON.stringify(recomputed)] as (string | undefined)[]
    return left === right ? [] : [{ where, stored: left?.slice(0, longestText), recomputed: right?.slice(0, longestText) }]
  }
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) =>
    differencesOf(a.get(key), b.get(key), where === '' ? key : `${where}.${key}`))
}

/** Null: a leaf. Fields that are undefined are not there, as in the file. */
function childrenOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((entry: unknown, i) => [nameOf(entry) ?? String(i), entry])
    : Object.entries(value)
  const children = new Map(entries.filter(([, child]) => child !== undefined))
  // two entries of one name: by their places then, so that neither hides the other
  if (Array.isArray(value) && children.size < value.length) return new Map(value.map((entry: unknown, i) => [String(i), entry]))
  return children
}

function nameOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return null
  const { id, source } = entry as { id?: unknown; source?: unknown }
  return typeof id === 'string' ? id : typeof source === 'string' ? source : null
}
