import { StackBuilder, type StackTable } from '../../profile/columns'
import { World } from '../../worlds'
import { GrowingInts } from '../../growing'
import type { LoadReport } from '../load-report'
import type { LabelledRows } from './labelled-rows'
import type { Locations, Named } from './tables'

interface Tables {
  locations: Locations
  mappings: Named
  functions: Named
}

/** Stacks between two looks at who waits: some milliseconds. */
const stacksAtOnce = 1 << 16

/** Turns stacks of locations into stacks of frames, once the whole file is known. */
export class Places {
  readonly builder: StackBuilder
  /** Frames of rows whose location the file does not hold. */
  unknown = 0
  /** Frames of each location, outermost first: those of location i from starts[i] on. */
  private readonly frames = new GrowingInts()
  private readonly starts = new GrowingInts()
  private readonly indexOf: (id: number) => number

  /** `worlds`: a digit a location, of our own files; `stacks`: how many there are of locations. */
  constructor(
    private readonly tables: Tables, private readonly worlds: string | null, private readonly text: (index: number) => string,
    private readonly report: LoadReport, stacks: number,
  ) {
    const { locations } = tables
    this.builder = new StackBuilder(Math.max(1024, stacks))
    const mappings = Array.from({ length: tables.mappings.file.length }, (_, i) => text(tables.mappings.file.at(i)))
    for (let at = 0; at < locations.id.length; at++) {
      const mapping = mappings[tables.mappings.byId.get(locations.mappingId.at(at)) ?? -1] ?? ''
      this.starts.push(this.frames.length)
      this.addFrames(at, mapping)
    }
    this.starts.push(this.frames.length)
    this.indexOf = lookUp(locations.id)
  }

  private addFrames(location: number, mapping: string): void {
    const { builder, report, tables: { locations, functions } } = this
    const first = locations.firstLine.at(location)
    const end = location + 1 < locations.firstLine.length ? locations.firstLine.at(location + 1) : locations.functionId.length
    for (let line = end - 1; line >= first; line--) {
      const known = functions.byId.get(locations.functionId.at(line))
      const file = known === undefined ? '' : this.text(functions.file.at(known))
      const name = known === undefined ? '' : this.text(functions.name.at(known))
      if (name === '') report.unknownSymbols++
      this.frames.push(builder.frameId(name, file || mapping))
    }
    if (first < end) return
    report.unknownSymbols++
    this.frames.push(builder.frameId(`0x${locations.address(location)}`, mapping))
  }

  /**
   * Stacks of locations were numbered as rows first had them, so that going through the rows meets each stack's caller before
   * it, and the row whose leaf it first was: that row says its world where its location does not. `stack`: of each row, turned
   * in place.
   */
  *link(stack: Int32Array, { parent, frame }: StackTable, rows: LabelledRows): Generator<void, void, void> {
    // a stack of locations has its location until it has become a stack of frames
    const linked = frame
    let missing: Int32Array | null = null
    let done = 0
    for (let row = 0; row < stack.length; row++) {
      const leaf = stack[row]!
      for (; done <= leaf; done++) {
        const above = parent[done]!
        const location = this.indexOf(frame[done]!)
        if (location < 0) missing ??= new Int32Array(parent.length)
        if (missing) missing[done] = (above < 0 ? 0 : missing[above]!) + (location < 0 ? 1 : 0)
        linked[done] = this.linkOne(above < 0 ? -1 : linked[above]!, location, done === leaf ? rows.worldOf(row) : World.Unclassified)
        if (done % stacksAtOnce === 0) yield
      }
      if (leaf < 0) continue
      if (missing) this.unknown += missing[leaf]!
      stack[row] = linked[leaf]!
    }
  }

  private linkOne(above: number, location: number, world: World): number {
    const { builder, worlds } = this
    if (location < 0) return builder.stackId(above, builder.frameId('[unknown]', ''), world)
    const own = worlds === null || location >= worlds.length ? world : Number(worlds[location]) as World
    let stack = above
    for (let i = this.starts.at(location); i < this.starts.at(location + 1); i++) stack = builder.stackId(stack, this.frames.at(i), own)
    return stack
  }
}

/** Index by id, -1 where there is none; the last of equal ids is meant. By a table where ids are dense, as they mostly are. */
function lookUp(ids: GrowingInts): (id: number) => number {
  let most = -1
  for (let i = 0; i < ids.length; i++) most = Math.max(most, ids.at(i))
  if (most > 65_536 + 8 * ids.length) {
    const byId = new Map(Array.from({ length: ids.length }, (_, i) => [ids.at(i), i]))
    return (id) => byId.get(id) ?? -1
  }
  const dense = new Int32Array(most + 1).fill(-1)
  const large = new Map<number, number>()
  for (let i = 0; i < ids.length; i++) {
    if (ids.at(i) >= 0) dense[ids.at(i)] = i
    else large.set(ids.at(i), i)
  }
  return (id) => (id >= 0 && id < dense.length ? dense[id]! : large.get(id) ?? -1)
}
