import { fnv1a } from '../../engine/fnv1a'
import type { FrameTable } from '../../engine/profile/columns'
import type { CallTree } from '../../engine/profile/tree'
import { World } from '../../engine/worlds'
import { otherPart } from '../theme/part-colours'

/** How boxes are told apart where worlds do not: nothing is classified, and all of it would be grey. */
export interface PartColours {
  by: 'module' | 'function'
  /** The heaviest with colours of their own, heaviest first; of functions none: eight colours are shared by all. */
  named: { name: string; colour: number }[]
  /** Look of a box of a tree over the same frames' names, as number of the theme's colours. */
  of(tree: CallTree): (node: number) => number
}

/** One module with more than this part of the time would leave one colour: functions are told apart then. */
const mostOfOne = 0.8

const known = new WeakMap<CallTree, PartColours | null>()

/** Null: worlds tell boxes apart. `tree`: of the whole flame, so that its colours stay whatever is looked at. */
export function partColoursOf(tree: CallTree): PartColours | null {
  let found = known.get(tree)
  if (found === undefined) known.set(tree, found = isUnclassified(tree) ? coloursOf(tree) : null)
  return found
}

function isUnclassified({ world }: CallTree): boolean {
  for (let node = 1; node < world.length; node++) if (world[node] !== World.Unclassified) return false
  return world.length > 1
}

function coloursOf(tree: CallTree): PartColours {
  const { frames, frame, self, total } = tree
  const byFrameId = new Float64Array(frames.name.length)
  for (let node = 0; node < frame.length; node++) if (frame[node]! >= 0) byFrameId[frame[node]!]! += self[node]!
  const weights = new Map<string, number>()
  byFrameId.forEach((weight, id) => weights.set(frames.module[id]!, (weights.get(frames.module[id]!) ?? 0) + weight))
  const heaviest = [...weights].filter(([module, weight]) => module !== '' && weight > 0).sort((a, b) => b[1] - a[1])
  const whole = total[0]!
  if (heaviest.length < 2 || heaviest[0]![1] > mostOfOne * whole) return { by: 'function', named: [], of: byFrame((name, module) => hashOf(`${module}\n${name}`) % otherPart) }
  const named = heaviest.slice(0, otherPart).map(([name], colour) => ({ name, colour }))
  const colourOf = new Map(named.map(({ name, colour }) => [name, colour]))
  return { by: 'module', named, of: byFrame((_, module) => colourOf.get(module) ?? otherPart) }
}

function byFrame(colour: (name: string, module: string) => number): PartColours['of'] {
  const looks = new WeakMap<FrameTable, Uint8Array>()
  return ({ frames, frame }) => {
    let ofFrame = looks.get(frames)
    if (!ofFrame) looks.set(frames, ofFrame = Uint8Array.from(frames.name, (name, id) => colour(name, frames.module[id]!)))
    const known = ofFrame
    return (node) => (frame[node]! < 0 ? otherPart : known[frame[node]!]!)
  }
}

/** The same function has the same colour in every profile. */
function hashOf(text: string): number {
  const hash = fnv1a(text)
  return (hash ^ (hash >>> 15)) >>> 0
}

export function partColourWords({ by }: PartColours): string {
  return by === 'module' ? 'Colours are of modules: no rule has classified any of this.'
    : 'Colours tell functions apart and mean nothing else: no rule has classified any of this.'
}
