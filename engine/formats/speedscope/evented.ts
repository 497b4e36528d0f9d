import type { Rows } from '../rows'

/** Calls as they open and close: gives each span of time during which the same calls were open. */
export class EventedStack {
  /** Stamps before their predecessor's: taken as of the same time. */
  backwards = 0
  private readonly frames: number[] = []
  private readonly stacks: number[] = []
  private last = Number.NaN

  constructor(
    private readonly rows: Rows, private readonly span: (stack: number, from: number, to: number) => void,
  ) {}

  enter(frame: number, at: number): void {
    this.pass(at)
    const stack = this.rows.call(this.stacks.at(-1) ?? -1, frame)
    this.frames.push(frame)
    this.stacks.push(stack)
  }

  /** Closes the call and those that it had still open; false when it is not open. */
  leave(frame: number, at: number): boolean {
    const depth = this.frames.lastIndexOf(frame)
    if (depth < 0) return false
    this.pass(at)
    this.frames.length = this.stacks.length = depth
    return true
  }

  /** Closes what is still open and answers how many calls that were. */
  end(at: number): number {
    if (this.frames.length > 0) this.pass(at)
    return this.frames.length
  }

  private pass(at: number): void {
    if (at < this.last) this.backwards++
    else {
      if (this.stacks.length > 0 && at > this.last) this.span(this.stacks.at(-1)!, this.last, at)
      this.last = at
    }
  }
}
