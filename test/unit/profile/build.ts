import { StackBuilder } from '../../../engine/profile/columns'
import type { Profile } from '../../../engine/profile/columns'
import { World } from '../../../engine/worlds'

/** A profile from folded lines 'a;b;c 3', one row a line, with one sampled weight. */
export function folded(...lines: string[]): Profile {
  const builder = new StackBuilder()
  const stack: number[] = []
  const weight: number[] = []
  for (const line of lines) {
    const blank = line.lastIndexOf(' ')
    const names = line.slice(0, blank).split(';').filter(Boolean)
    stack.push(names.reduce((parent, name) => builder.stackId(parent, builder.frameId(name, ''), World.Vmm), -1))
    weight.push(Number(line.slice(blank + 1)))
  }
  return {
    name: 'folded', ...builder.tables(), threads: [], defaultWeight: 0,
    samples: { stack: Int32Array.from(stack), weights: [Float64Array.from(weight)] },
    weightTypes: [{ name: 'samples', unit: 'count', kind: 'sampled' }],
  }
}
