import type { Slices } from '../experiments/recording/types'

/** `told` of a stretch of time of one world: `path`, slices of that world that are open, the outermost first. */
export type StretchSink = (world: number, path: readonly number[], start: number, end: number) => void

/**
 * Goes through the slices of one lane of the CPU by time. A lane may hold several worlds inside each other (a world switch
 * inside the VMM's access): at any time the innermost call says whose the CPU is, and on it are the calls up to the first
 * of another world. So no cycle is of two worlds, and stretches of a world add up to its time.
 */
export function worldStretches({ start, end, world }: Slices, told: StretchSink): void {
  const open: number[] = []
  let at = 0
  const stretch = (to: number) => {
    const innermost = open.at(-1)!
    let outermost = open.length - 1
    while (outermost > 0 && world[open[outermost - 1]!] === world[innermost]) outermost--
    if (to > at) told(world[innermost]!, open.slice(outermost), at, to)
    at = to
  }
  const passTo = (time: number) => {
    while (open.length > 0 && end[open.at(-1)!]! <= time) {
      stretch(end[open.at(-1)!]!)
      open.pop()
    }
    if (open.length > 0) stretch(time)
    at = time
  }
  for (let slice = 0; slice < start.length; slice++) {
    passTo(start[slice]!)
    open.push(slice)
  }
  passTo(Infinity)
}
