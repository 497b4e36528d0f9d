import { PlainErrorException } from '../plain-error'
import type { StackTable } from '../profile/columns'
import { largestWhole } from './limits'

/** For each stack the sum of `lengthOf` over its frames from the root: how long it is when it is written out whole. */
export function writtenLengths({ parent, frame }: StackTable, lengthOf: (frame: number) => number): Float64Array {
  const lengths = new Float64Array(parent.length)
  for (let stack = 0; stack < parent.length; stack++) {
    lengths[stack] = lengthOf(frame[stack]!) + (parent[stack]! < 0 ? 0 : lengths[parent[stack]!]!)
  }
  return lengths
}

/** Deep stacks, each written whole, may be a thousand times the profile: refused before there is a text of them. */
export function refuseTooLong(format: string, length: number): void {
  if (length <= largestWhole) return
  throw new PlainErrorException({
    what: `As ${format} it would have ${Math.ceil(length / 1e6)} MB, since each stack is written whole; the limit is ${Math.floor(largestWhole / 1e6)} MB.`,
    kept: 'Nothing was written.', todo: 'Write it for the Firefox Profiler or as a Chrome trace: they have each call once.',
  })
}
