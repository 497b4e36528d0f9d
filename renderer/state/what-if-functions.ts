import type { Side } from './compare'

export interface FunctionFigures {
  name: string
  module: string
  self: number
  total: number
}

/** By module and name, as two functions may have one name (each kernel has its timer_interrupt); in the side's unit. */
export function functionsOfSide({ flame: { tree, functions }, whole }: Side): Map<string, FunctionFigures> {
  const all = tree.total[0]! || 1
  const found = new Map<string, FunctionFigures>()
  functions.frame.forEach((frame, i) => {
    const [name, module] = [tree.frames.name[frame]!, tree.frames.module[frame]!]
    found.set(`${module}\n${name}`, {
      name, module, self: (whole * functions.self[i]!) / all, total: (whole * functions.total[i]!) / all,
    })
  })
  return found
}
