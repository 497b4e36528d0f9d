import { profileLimits, tooMany } from './profile/limits'

const blockBits = 12
const blockLength = 1 << blockBits
const inBlock = blockLength - 1

/**
 * Columns whose length is not known before the file has been read: in blocks, since a copy at each growth would need as much again.
 * At most as long as a profile may have samples.
 */
export class GrowingFloats {
  length = 0
  private readonly blocks: Float64Array[] = []
  private open = new Float64Array(0)

  constructor(private readonly most = profileLimits.samples) {}

  push(value: number): void {
    const at = this.length & inBlock
    if (at === 0 && this.length >= this.most) throw tooMany('samples', this.most)
    if (at === 0) this.blocks.push(this.open = new Float64Array(blockLength))
    this.open[at] = value
    this.length++
  }

  at(index: number): number {
    return this.blocks[index >> blockBits]![index & inBlock]!
  }

  set(index: number, value: number): void {
    this.blocks[index >> blockBits]![index & inBlock] = value
  }

  column(): Float64Array {
    const column = new Float64Array(this.length)
    this.blocks.forEach((block, i) => {
      const from = i << blockBits
      column.set(this.length - from < blockLength ? block.subarray(0, this.length - from) : block, from)
    })
    return column
  }
}

/** The same for whole numbers that are looked up all the time: in one piece. */
export class GrowingInts {
  length = 0
  private values = new Int32Array(1024)

  constructor(private readonly most = profileLimits.samples) {}

  push(value: number): void {
    if (this.length === this.values.length) {
      if (this.length >= this.most) throw tooMany('samples', this.most)
      this.values = larger(this.values)
    }
    this.values[this.length++] = value
  }

  at(index: number): number {
    return this.values[index]!
  }

  set(index: number, value: number): void {
    this.values[index] = value
  }

  column(): Int32Array {
    return this.values.slice(0, this.length)
  }
}

/** The same with room for as many again. */
export function larger(values: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(values.length * 2)
  grown.set(values)
  return grown
}
