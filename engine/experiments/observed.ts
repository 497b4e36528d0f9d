import type { Machine } from '../machine/machine'
import { Fn } from '../machine/functions'
import type { Sampler, Samples } from '../profilers/sampler'
import { type Attribution, attribute } from './attribution'

/** What the sampler saw of a run, with the row and scope of every stack. */
export interface Observed {
  attribution: Attribution
  /** Stack of each sample, in time order. */
  sequence: Int32Array
  /** Samples by stack. */
  hits: Float64Array
}

/** `which`: of the sampler's; left out, all. */
export function observed(machine: Pick<Machine, 'books'>, sampler: Sampler | null, which?: Samples): Observed {
  const { books } = machine
  // a sampler that sees only the host knows no more of the VMM's world than that the VMM ran
  const vmm = books.call(0, Fn.VmmTime)
  const attribution = attribute(books)
  const blind = (stack: number) => (attribution.inVmm[stack] ? vmm : stack)
  return {
    attribution,
    sequence: sampler?.sequence(blind, which) ?? new Int32Array(0),
    hits: sampler?.histogram(books.count, blind, which) ?? new Float64Array(books.count),
  }
}
