import { functionTable } from '../machine/functions'
import type { Profile } from '../profile/columns'
import { attribute, type Attribution } from './attribution'

const functions = new Map(functionTable.map((fn, id) => [`${fn.module}\n${fn.name}`, id]))

/**
 * Which row of Table 2 the time of each stack of a simulated run's profile belongs to, by the same rules as the table
 * itself: index = stack id. Functions are known by name and module, so that it works for a profile read from a file.
 */
export function attributeProfile({ stacks, frames }: Profile): Attribution {
  const count = stacks.parent.length + 1
  const known = Int32Array.from(frames.name, (name, id) => functions.get(`${frames.module[id]!}\n${name}`) ?? -1)
  // as the books number them: the root of all is stack 0
  const parentOf = new Int32Array(count).fill(-1)
  const functionOf = new Int32Array(count).fill(-1)
  for (let stack = 1; stack < count; stack++) {
    parentOf[stack] = stacks.parent[stack - 1]! + 1
    functionOf[stack] = known[stacks.frame[stack - 1]!]!
  }
  const { rowOf, inVmm } = attribute({ count, parentOf, functionOf })
  return { rowOf: rowOf.slice(1), inVmm: inVmm.slice(1) }
}
