import type { ExperimentWork } from '../../experiment-kinds'
import { aliasingCheck } from '../../statistics/aliasing'
import { microsecondsOfCycles } from '../../units'
import { periodicSources } from '../instruments'
import type { Experiment } from '../experiment'
import { Simulation } from '../simulation'
import { parseAgain, toTheEnd } from './again'
import type { AgainRequest } from './types'

/** Where on the period of each periodic source the samples of a run fall: a run keeps their shares, not their instants. */
export const phasesExperiment: Experiment<'phases'> = { rank: 'normal', parse: parseAgain, run: findPhases }

function* findPhases({ scenario }: AgainRequest): ExperimentWork<'phases'> {
  const simulation = new Simulation(scenario)
  yield* toTheEnd(simulation)
  const { machine, sampler } = simulation
  const times = sampler?.times() ?? new Float64Array(0)
  return {
    samples: times.length,
    sources: aliasingCheck(times, periodicSources(machine)).map(({ name, period, check }) =>
      ({ name, periodMicroseconds: microsecondsOfCycles(period, machine.config.mhz), check })),
  }
}
