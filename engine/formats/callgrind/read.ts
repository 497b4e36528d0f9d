import { PlainErrorException } from '../../plain-error'
import type { Profile, WeightType } from '../../profile/columns'
import { emptyLoadReport, type LoadReport } from '../load-report'
import { Rows } from '../rows'
import { CallgrindParser, type CallGraph } from './parse'

/** A stack that carries less than this share of the first event is not divided further. */
const least = 1e-5
const deepest = 512

/**
 * Reads callgrind. The format knows who called whom and what each call cost, but no stacks: they are derived by dividing
 * each function's cost among its callers in proportion to what their calls of it cost. What a function spent itself is
 * the file's own figure; how it is divided among stacks is not, and the load report says so.
 */
export class CallgrindReader {
  private readonly report: LoadReport
  private readonly parser: CallgrindParser

  constructor(private readonly fileName: string, reason: string) {
    this.report = emptyLoadReport('callgrind', reason)
    this.parser = new CallgrindParser(this.report)
  }

  push(chunk: Uint8Array): void {
    this.report.bytes += chunk.length
    this.parser.cutter.push(chunk)
  }

  finish(): { profile: Profile; report: LoadReport } {
    const { report, fileName, parser: { cutter, graph } } = this
    cutter.end()
    report.lines = cutter.lines
    if (graph.events.length === 0 || graph.names.length === 0) {
      throw new PlainErrorException({ what: 'The callgrind file names no events or no functions.', where: fileName })
    }
    const profile = stacksOf(fileName, graph, report)
    report.notes.push(...cutter.remarks)
    report.samplesKept = profile.samples.stack.length
    report.eventTypes = graph.events.map((name, k) => ({ name, count: graph.self[k]!.filter((value) => value > 0).length }))
    report.notes.push('callgrind stores calls between functions, not stacks: each function\'s cost is divided among its callers in proportion to what their calls of it cost')
    return { profile, report }
  }
}

export function readCallgrind(fileName: string, bytes: Uint8Array, reason: string): { profile: Profile; report: LoadReport } {
  const reader = new CallgrindReader(fileName, reason)
  reader.push(bytes)
  return reader.finish()
}

function weightType(name: string): WeightType {
  return { name, unit: /^(?:Cycles|CEst|Cy)/i.test(name) ? 'cycles' : 'count', kind: 'true' }
}

interface Open {
  fn: number
  parent: number
  /** Part of all that the function does, which is done below this stack. */
  share: number
  depth: number
}

/** From the functions that nobody calls downwards, the larger parts first, without recursion. */
function stacksOf(name: string, graph: CallGraph, report: LoadReport): Profile {
  const rows = new Rows(graph.events.map(weightType))
  const outgoing: number[][] = graph.names.map(() => [])
  const inside = new Float64Array(graph.names.length)
  graph.calls.forEach((call, i) => {
    if (call.caller === call.callee) return
    outgoing[call.caller]!.push(i)
    inside[call.callee]! += call.cost[0]!
  })
  const inclusive = Float64Array.from(inside, (cost, fn) => Math.max(cost, selfOf(graph, fn) + sumOf(outgoing[fn]!, (i) => graph.calls[i]!.cost[0]!)))
  const all = graph.names.reduce((sum, _, fn) => sum + selfOf(graph, fn), 0)
  const onWay = new Set<number>()
  const way: Open[] = []
  const open: Open[] = []
  for (let fn = 0; fn < graph.names.length; fn++) {
    const own = inclusive[fn]! > 0 ? (inclusive[fn]! - inside[fn]!) / inclusive[fn]! : 1
    if (own > least) open.push({ fn, parent: -1, share: Math.min(1, own), depth: 0 })
  }
  const spent = graph.self.map((self) => self.map(() => 0))
  for (let next = open.pop(); next; next = open.pop()) {
    while (way.length > next.depth) onWay.delete(way.pop()!.fn)
    way.push(next)
    onWay.add(next.fn)
    const frame = rows.builder.frameId(graph.names[next.fn]!, graph.modules[next.fn]!)
    const stack = rows.call(next.parent, frame)
    const weights = graph.self.map((self, k) => {
      const part = (self[next.fn] ?? 0) * next.share
      spent[k]![next.fn] = (spent[k]![next.fn] ?? 0) + part
      return part
    })
    if (weights.some((weight) => weight > 0)) rows.add(stack, weights, 0, null)
    for (const i of outgoing[next.fn]!) {
      const { callee, cost } = graph.calls[i]!
      const share = inclusive[callee]! > 0 ? (next.share * cost[0]!) / inclusive[callee]! : 0
      if (onWay.has(callee) || next.depth >= deepest || share * inclusive[callee]! < least * all) continue
      open.push({ fn: callee, parent: stack, share, depth: next.depth + 1 })
    }
  }
  addRest(graph, rows, spent, report)
  return rows.profile(name)
}

/** What cycles and tiny parts left over stands by itself, so that every function's own cost is the file's. */
function addRest(graph: CallGraph, rows: Rows, spent: number[][], report: LoadReport): void {
  let rest = 0
  let all = 0
  graph.names.forEach((name, fn) => {
    const left = graph.self.map((self, k) => Math.max(0, (self[fn] ?? 0) - (spent[k]![fn] ?? 0)))
    all += selfOf(graph, fn)
    if (!left.some((weight, k) => weight > 1e-9 * (graph.self[k]![fn] ?? 0))) return
    rest += left[0]!
    const frame = rows.builder.frameId(name, graph.modules[fn]!)
    rows.add(rows.call(-1, frame), left, 0, null)
  })
  if (rest > 0) report.notes.push(`${((100 * rest) / all).toFixed(2)} % of ${graph.events[0]} lie in recursion or in parts too small to divide: they are shown without callers`)
}

function selfOf(graph: CallGraph, fn: number): number {
  return graph.self[0]![fn] ?? 0
}

function sumOf(list: readonly number[], of: (i: number) => number): number {
  return list.reduce((sum, i) => sum + of(i), 0)
}
