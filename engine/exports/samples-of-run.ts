import { measuredOf, profileOf } from '../experiments/measured'
import { observed } from '../experiments/observed'
import { recordingOf, type Progress } from '../experiments/recording/recording'
import { PlainErrorException } from '../plain-error'
import type { Profile } from '../profile/columns'
import type { SimulatedRun } from '../session/document'

/**
 * The samples of a simulated run, one row each with the seconds at which it was taken: the run keeps only how many hit
 * each stack, so it is simulated again. Throws a PlainErrorException where there are no samples, or where another
 * version of the engine made the run and this one's samples are not the same.
 */
export function* samplesOfRun({ name, report, profile }: SimulatedRun): Generator<Progress, Profile, void> {
  if (report.samples === 0) {
    throw new PlainErrorException({ what: `The run "${name}" took no samples.`, todo: 'Run it with a sampler, or export it in another format.' })
  }
  const { machine, sampler, samples } = yield* recordingOf(report.scenario)
  const which = { first: 0, end: samples }
  const seen = observed(machine, sampler, which)
  const columns = profileOf(measuredOf(machine), seen.hits)
  if (!sameHits(columns, profile)) {
    throw new PlainErrorException({
      what: `The run "${name}" was made by engine ${report.engineVersion}, and simulated again it takes other samples: their times are not known.`,
      kept: 'Nothing was written.', todo: 'Run the scenario anew, or export it in a format without times.',
    })
  }
  const [type] = columns.weightTypes
  return {
    ...columns, name, weightTypes: [type!], threads: [],
    samples: {
      // the books' root is the profile's own
      stack: seen.sequence.map((stack) => stack - 1), weights: [new Float64Array(samples).fill(1)],
      time: (sampler?.times(which) ?? new Float64Array(samples)).map((cycle) => cycle / (machine.config.mhz * 1e6)),
    },
  }
}

/** Hits of each stack by what is on it: stacks are numbered as the run came across them. */
function sameHits(a: Profile, b: Profile): boolean {
  const hits = ({ samples, stacks, frames }: Profile) => Array.from(samples.stack, (leaf, row) => {
    const path: string[] = []
    for (let at = leaf; at >= 0; at = stacks.parent[at]!) path.push(frames.name[stacks.frame[at]!]!)
    return { path: path.join('\n'), count: samples.weights[0]![row]! }
  }).filter(({ count }) => count > 0).map(({ path, count }) => `${path} ${count}`).sort()
  const [one, other] = [hits(a), hits(b)]
  return one.length === other.length && one.every((line, i) => line === other[i])
}
