import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import * as z from 'zod'
import type { ExperimentStep } from '../experiment-kinds'
import type { Machine } from '../machine/machine'
import { parseScenario } from '../machine/scenario'
import { PlainErrorException } from '../plain-error'
import { microsecondsOfCycles } from '../units'
import { attribute } from './attribution'
import type { Experiment } from './experiment'
import {
  combinations, ladderLimits, ladderRest, optimizationsOf, type LadderRequest, type LadderResult, type LadderRun,
} from './ladder-shares'
import { Simulation } from './simulation'

/** About half a millisecond of simulating a call that sends 4 KB. */
const callsAtOnce = 16

const requestSchema = z.strictObject({ scenario: z.unknown(), seeds: z.number() })

/** The request, checked. Throws a PlainErrorException that names what is wrong. */
export function parseLadder(input: unknown): LadderRequest {
  const parsed = requestSchema.safeParse(input)
  if (!parsed.success) throw new PlainErrorException({ what: 'The ladder cannot be worked out: its request is unreadable.' })
  const { seeds } = parsed.data
  const { min, max } = ladderLimits.seeds
  if (!Number.isSafeInteger(seeds) || seeds < min || seeds > max) {
    throw new PlainErrorException({ what: `The ladder cannot be worked out: ${seeds} seeds, a whole number from ${min} to ${max} is needed.` })
  }
  const { sampler: _sampler, probes: _probes, ...scenario } = parseScenario(parsed.data.scenario)
  if (scenario.vm === 'native') {
    throw new PlainErrorException({ what: 'The ladder cannot be worked out: a native run has no virtual machine to optimize.' })
  }
  // the last seed has to be one as well
  parseScenario({ ...scenario, seed: scenario.seed + seeds - 1 })
  return { scenario: { ...scenario, optimizations: [], samplerHz: 0 }, seeds }
}

/** All combinations of each seed before the next seed, so that the ladder stands early and its intervals shrink. */
export function* ladder(request: LadderRequest): Generator<ExperimentStep<LadderRun>, LadderResult, void> {
  const { scenario, seeds } = request
  const runs: LadderRun[] = []
  const total = seeds * combinations
  for (let seed = scenario.seed; seed < scenario.seed + seeds; seed++) {
    for (let combination = 0; combination < combinations; combination++) {
      const simulation = new Simulation({ ...scenario, seed, optimizations: optimizationsOf(combination) })
      while (!simulation.advance(callsAtOnce)) {
        yield { done: runs.length, total, unit: 'runs' }
      }
      const run = ladderRun(simulation.machine, combination)
      runs.push(run)
      yield { done: runs.length, total, unit: 'runs', partial: run }
    }
  }
  return { request, runs, halfWidthFactor: halfWidthFactor(seeds) }
}

export const ladderExperiment: Experiment<'ladder'> = { rank: 'background', parse: parseLadder, run: ladder }

/** Student, Biometrika 6 (1908) 1-25: a mean of n values lies within t sd / sqrt(n). */
function halfWidthFactor(n: number): number | null {
  return n < 2 ? null : tQuantile(0.975, n - 1) / Math.sqrt(n)
}

function ladderRun(machine: Machine, combination: number): LadderRun {
  const { scenario, counts, nettest, config, books, clock } = machine
  const packets = scenario.direction === 'send' ? counts.packetsSent : counts.packetsReceived
  if (packets === 0) throw new PlainErrorException({ what: 'The ladder cannot be worked out: this transfer moves no packet.' })
  const { rowOf, inVmm } = attribute(books)
  const cycles = new Map<string, number>()
  for (let stack = 0; stack < books.count; stack++) {
    const spent = books.cycles[stack]!
    if (spent === 0) continue
    const row = rowOf[stack] ?? (inVmm[stack] ? ladderRest.vmm : ladderRest.outside)
    cycles.set(row, (cycles.get(row) ?? 0) + spent)
  }
  const aPacket = (some: number) => microsecondsOfCycles(some, config.mhz) / packets
  return {
    combination, seed: scenario.seed, microseconds: aPacket(clock.now),
    throughputMbps: (nettest.bytesDone * 8) / microsecondsOfCycles(nettest.endedAt - nettest.startedAt, config.mhz),
    rows: Object.fromEntries([...cycles].map(([row, some]) => [row, aPacket(some)])),
  }
}
