import { World, worldIds } from '../../worlds'
import { exactLabel, exactWeights } from './annotation'
import type { LabelColumn, LabelColumns } from './labels'

/** What labels say of the rows: threads, processors, times, the leaf's world, weights that the format cannot hold. Others are left out. */
export class LabelledRows {
  /** Names by thread id; none where no row has the label. */
  readonly threads: string[] = []
  private readonly thread: Int32Array | null
  private readonly world: Uint8Array | null
  private readonly cpu: Int32Array | null
  private readonly exact: LabelColumn[]
  private readonly time: Float64Array
  private timed = 0

  constructor(labels: LabelColumns, private readonly count: number, private readonly text: (index: number) => string) {
    const keys = labels.columns.map((column) => text(column.key))
    const of = (wanted: string) => labels.columns.filter((_, i) => keys[i] === wanted)
    this.exact = of(exactLabel)
    this.thread = this.threadColumn(of('thread'))
    this.world = this.worldColumn(of('world'))
    this.cpu = this.cpuColumn(of('cpu'))
    this.time = this.times(of('time').filter(({ unit }) => text(unit) === 'nanoseconds'))
  }

  /** The world of a row's leaf, where the file says one. */
  worldOf(row: number): World {
    return this.world ? this.world[row]! as World : World.Unclassified
  }

  columns(): { thread?: Int32Array; time?: Float64Array; cpu?: Int32Array } {
    return {
      ...(this.thread ? { thread: this.thread } : {}),
      ...(this.timed === this.count && this.count > 0 ? { time: this.time } : {}),
      ...(this.cpu ? { cpu: this.cpu } : {}),
    }
  }

  /** Puts the weights of our own files as they were in place of the format's whole numbers. */
  putExact(weights: readonly Float64Array[]): void {
    for (const column of this.exact) {
      for (let i = 0; i < column.length; i++) {
        exactWeights(this.text(column.text(i)), weights.length)?.forEach((weight, k) => { weights[k]![column.row(i)] = weight })
      }
    }
  }

  private threadColumn(columns: readonly LabelColumn[]): Int32Array | null {
    /** Of each row the text's number and 1; 0: no thread. */
    const named = new Int32Array(this.count)
    for (const column of columns) {
      for (let i = 0; i < column.length; i++) if (column.number(i) === 0) named[column.row(i)] = column.text(i) + 1
    }
    if (!named.some((text) => text > 0)) return null
    const byName = new Map<string, number>()
    const byText = new Map<number, number>()
    for (let row = 0; row < named.length; row++) {
      const text = named[row]!
      let id = byText.get(text)
      if (id === undefined) {
        const name = text > 0 ? this.text(text - 1) : ''
        id = byName.get(name) ?? this.threads.push(name) - 1
        byName.set(name, id)
        byText.set(text, id)
      }
      named[row] = id
    }
    return named
  }

  private worldColumn(columns: readonly LabelColumn[]): Uint8Array | null {
    if (columns.length === 0) return null
    const worlds = new Uint8Array(this.count).fill(World.Unclassified)
    const byText = new Map<number, number>()
    for (const column of columns) {
      for (let i = 0; i < column.length; i++) {
        const text = column.text(i)
        let world = byText.get(text)
        if (world === undefined) byText.set(text, world = worldIds.indexOf(this.text(text)))
        if (world >= 0) worlds[column.row(i)] = world
      }
    }
    return worlds
  }

  /** Some programs have other things under this name: -1 is no processor. */
  private cpuColumn(columns: readonly LabelColumn[]): Int32Array | null {
    const processors = new Int32Array(this.count).fill(-1)
    for (const column of columns) {
      for (let i = 0; i < column.length; i++) {
        const number = column.number(i)
        const processor = Number.isInteger(number) && number >= 0 && number < 2 ** 31
        if (column.text(i) === 0) processors[column.row(i)] = processor ? number : -1
      }
    }
    return processors.some((processor) => processor >= 0) ? processors : null
  }

  /** Seconds, from nanoseconds. */
  private times(columns: readonly LabelColumn[]): Float64Array {
    const times = new Float64Array(this.count)
    const has = new Uint8Array(this.count)
    for (const column of columns) {
      for (let i = 0; i < column.length; i++) {
        times[column.row(i)] = column.number(i) / 1e9
        has[column.row(i)] = 1
      }
    }
    this.timed = has.reduce((sum, one) => sum + one, 0)
    return times
  }
}
