import { GrowingFloats, GrowingInts } from '../../growing'
import type { JsonBytes } from '../json-bytes'
import type { LoadReport } from '../load-report'
import type { Rows } from '../rows'
import { EventedStack } from '../speedscope/evented'

/** Asynchronous work of one process and category: what begins on one thread may end on another. Columns, in file order. */
export interface AsyncEvents {
  pid: number
  category: number
  /** 1 where something begins, 0 where it ends. */
  begins: GrowingInts
  /** Numbers of texts in the file's strings: which piece of work, and its name. */
  id: GrowingInts
  name: GrowingInts
  /** Microseconds. */
  at: GrowingFloats
}

/** Letters of events that begin and end asynchronous work, the older ones behind. */
export const asyncPhases: ReadonlyMap<string, 0 | 1> = new Map([['b', 1], ['e', 0], ['S', 1], ['F', 0]])

export function emptyAsync(pid: number, category: number): AsyncEvents {
  return { pid, category, begins: new GrowingInts(), id: new GrowingInts(), name: new GrowingInts(), at: new GrowingFloats() }
}

/**
 * A row for each stretch during which the same calls of one piece of work were open. Pieces overlap each other, so a
 * thread of them holds the sum of their times and not time that passed.
 */
export function addAsync(json: JsonBytes, rows: Rows, events: AsyncEvents, thread: string, report: LoadReport): void {
  const { begins, id, name, at } = events
  const order = Int32Array.from({ length: at.length }, (_, i) => i)
  order.sort((a, b) => id.at(a) - id.at(b) || at.at(a) - at.at(b) || a - b)
  const category = textOf(json, events.category)
  const frameOf = (i: number) => rows.builder.frameId(textOf(json, name.at(i)) || '[unnamed]', category)
  let [unmatched, left] = [0, 0]
  let stack = emptyStack()
  let last = 0
  let open = Number.NaN
  function emptyStack(): EventedStack {
    return new EventedStack(rows, (calls, from, to) => rows.add(calls, [(to - from) * 1000], rows.thread(thread), from / 1e6))
  }
  for (const i of order) {
    if (id.at(i) !== open) {
      left += stack.end(last)
      stack = emptyStack()
      open = id.at(i)
    }
    last = at.at(i)
    if (begins.at(i) === 1) stack.enter(frameOf(i), last)
    else if (!stack.leave(frameOf(i), last)) unmatched++
  }
  left += stack.end(last)
  if (unmatched > 0) report.samplesDropped.push({ reason: `ends without a beginning in ${thread}`, count: unmatched })
  if (left > 0) report.notes.push(`${left} spans of ${thread} have no end: they last to the last event of their work`)
}

function textOf(json: JsonBytes, number: number): string {
  return number < 0 ? '' : json.strings.text[number]!
}
