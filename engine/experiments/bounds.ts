import { mostCycles, mostSamples } from '../machine/feasible'
import { PlainErrorException } from '../plain-error'

/**
 * A run that goes on for longer than could be foreseen from its link (a slow CPU, for instance) ends with words
 * before cycles are no longer counted exactly or samples no longer fit into memory. Throws a PlainErrorException.
 */
export function checkBounds(cycles: number, samples: number): void {
  if (cycles > mostCycles) {
    throw new PlainErrorException({
      what: `The run was ended after ${mostCycles} simulated cycles: beyond them they could not be counted exactly.`,
      todo: 'Send fewer bytes, or use a faster link or a slower CPU.',
    })
  }
  if (samples > mostSamples) {
    throw new PlainErrorException({
      what: `The run was ended after ${mostSamples} samples: more cannot be kept.`,
      todo: 'Choose a lower sampler rate (samplerHz), or send fewer bytes.',
    })
  }
}
