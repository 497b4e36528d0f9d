/** Units of the stamps: what ends and what begins this close together are neighbours, whatever they were rounded to. */
const sameTime = 1e-3

/**
 * Stacks of one thread, one after the other, as spans: a call that two neighbours share is one span. `begin` and `end`
 * are told of each in the order in which a trace has them.
 */
export class StackSpans {
  /** Calls that are open, the outermost first. */
  private readonly open: number[] = []
  private until = Number.NaN

  constructor(private readonly begin: (call: number, at: number) => void, private readonly end: (call: number, at: number) => void) {}

  /** The calls of `path`, the outermost first, were open from `start` to `end`, and not before what was added last. */
  add(path: readonly number[], start: number, end: number): void {
    const goesOn = Math.abs(start - this.until) <= sameTime
    const from = goesOn ? this.until : start
    let same = 0
    if (goesOn) while (same < path.length && this.open[same] === path[same]) same++
    this.close(same)
    for (const call of path.slice(same)) {
      this.begin(call, from)
      this.open.push(call)
    }
    this.until = Math.max(from, end)
  }

  finish(): void {
    this.close(0)
  }

  private close(depth: number): void {
    while (this.open.length > depth) this.end(this.open.pop()!, this.until)
  }
}
