import type { TableRow } from '../run-report'
import { pOfInterval } from '../statistics/from-interval'
import { benjaminiHochberg } from '../statistics/multiple'
import { differenceOfEstimates, newcombe } from '../statistics/share'
import type { ShareDifference } from '../statistics/share'
import type { FrameTable, Profile, WeightType } from './columns'
import { functionTable } from './tree'
import type { CallTree } from './tree'

/** Differences are B minus A: A is what was, B is what came of it. */

/** What two tables are compared by: rows of simulated runs and of recorded profiles alike. */
export type ComparableRow = Pick<TableRow, 'id' | 'label' | 'scope' | 'percent' | 'ci95'>

/** One row of Table 2 in two runs; percents and their difference in points. */
export interface RowComparison<Row extends ComparableRow = TableRow> {
  id: string
  label: string
  scope: 'total' | 'vmm'
  a: Row | null
  b: Row | null
  /** Null where a run does not have the row; without interval where one of the figures has none. */
  difference: { points: number; ci95: [number, number] | null } | null
  /** Adjusted for all rows looked at (Benjamini-Hochberg); null where there is no interval. */
  adjustedP: number | null
  /** Of B against A, by the adjusted p at a false discovery rate of 5 %: an interval may leave zero out and still not count. */
  verdict: 'higher' | 'lower' | 'no evidence' | null
}

/** All rows of either, in A's order and B's own ones after them. */
export function compareRows<Row extends ComparableRow>(a: readonly Row[], b: readonly Row[]): RowComparison<Row>[] {
  const inB = new Map(b.map((row) => [row.id, row]))
  const inA = new Set(a.map((row) => row.id))
  const pairs = [
    ...a.map((row) => [row, inB.get(row.id) ?? null] as const),
    ...b.filter((row) => !inA.has(row.id)).map((row) => [null, row] as const),
  ]
  const differences = pairs.map(([x, y]) => (x && y ? rowDifference(x, y) : null))
  const tests = benjaminiHochberg(differences.map((d) => (d?.ci95 ? pOfInterval(d.points, ...d.ci95) : null)))
  return pairs.map(([x, y], i) => {
    const { id, label, scope } = (x ?? y)!
    const difference = differences[i]!
    const adjustedP = tests.adjusted[i]!
    const direction = difference && difference.points < 0 ? 'lower' : 'higher'
    const verdict = adjustedP === null ? null : tests.rejected[i] ? direction : 'no evidence'
    return { id, label, scope, a: x, b: y, difference, adjustedP, verdict }
  })
}

/** B's percent minus A's in points, with the interval that the two rows' own intervals give. */
export function rowDifference(a: ComparableRow, b: ComparableRow): RowComparison['difference'] {
  if (a.percent === null || b.percent === null) return null
  const estimate = (percent: number, [lo, hi]: [number, number]) => ({ value: percent, lo, hi })
  const interval = a.ci95 && b.ci95
    ? differenceOfEstimates(estimate(b.percent, b.ci95), estimate(a.percent, a.ci95))
    : null
  return { points: b.percent - a.percent, ci95: interval && [interval.lo, interval.hi] }
}

/**
 * Two call trees as one: a node for each path of either, matched by names and modules of frames. Node 0 is the root;
 * parents come before children; children of A in A's order, B's own after them.
 */
export interface TreeComparison {
  a: CallTree
  b: CallTree
  parent: Int32Array
  /** Node in A or B; -1 where that side does not have the path. */
  nodeA: Int32Array
  nodeB: Int32Array
}

export function compareTrees(a: CallTree, b: CallTree): TreeComparison {
  const frameIds = new Map<string, number>()
  const commonA = commonFrames(a.frames, frameIds, exactKey)
  const commonB = commonFrames(b.frames, frameIds, exactKey)
  const mapIds = new Map<string, number>()
  const mapsA = commonFrames(a.frames, mapIds, keyOfMap)
  const mapsB = commonFrames(b.frames, mapIds, keyOfMap)
  const most = a.parent.length + b.parent.length - 1
  const parent = new Int32Array(most).fill(-1)
  const nodeA = new Int32Array(most).fill(-1)
  const nodeB = new Int32Array(most).fill(-1)
  nodeA[0] = nodeB[0] = 0
  let count = 1
  for (let at = 0; at < count; at++) {
    const unmatched = new Map<number, number>()
    for (let child = firstChild(b, nodeB[at]!); child >= 0; child = b.nextSibling[child]!) {
      unmatched.set(commonB[b.frame[child]!]!, child)
    }
    const maps = new Map<number, number>()
    for (let child = firstChild(a, nodeA[at]!); child >= 0; child = a.nextSibling[child]!) {
      const frame = commonA[a.frame[child]!]!
      const match = unmatched.get(frame)
      const map = mapsA[a.frame[child]!]!
      if (match === undefined && map >= 0 && !maps.has(map)) maps.set(map, count)
      parent[count] = at
      nodeA[count] = child
      nodeB[count++] = match ?? -1
      unmatched.delete(frame)
    }
    for (const child of unmatched.values()) {
      const map = mapsB[b.frame[child]!]!
      const like = maps.get(map)
      if (like !== undefined) {
        nodeB[like] = child
        maps.delete(map)
        continue
      }
      parent[count] = at
      nodeB[count++] = child
    }
  }
  return { a, b, parent: parent.slice(0, count), nodeA: nodeA.slice(0, count), nodeB: nodeB.slice(0, count) }
}

function firstChild(tree: CallTree, node: number): number {
  return node < 0 ? -1 : tree.firstChild[node]!
}

const exactKey = (name: string, module: string): string | null => `${module}\u0000${name}`

/**
 * Code that a process has made for itself lies in a file named after the process (perf-PID.map, a convention of perf's):
 * what two recordings have of it is the same part of the program under another number. Null: the module is no such file.
 */
function keyOfMap(name: string, module: string): string | null {
  return /(^|\/)perf-\d+\.map$/.test(module) ? exactKey(ofAnyProcess(name), ofAnyProcess(module)) : null
}

/** What a frame of such code is called that stands for two processes. */
export function ofAnyProcess(text: string): string {
  return text.replace(/perf-\d+\.map/, 'perf-*.map')
}

/** Frame ids that both profiles share; -1 of frames that have no key. */
function commonFrames(frames: FrameTable, ids: Map<string, number>, keyOf: typeof exactKey): Int32Array {
  return Int32Array.from(frames.name, (name, frame) => {
    const key = keyOf(name, frames.module[frame]!)
    if (key === null) return -1
    const id = ids.get(key) ?? ids.size
    ids.set(key, id)
    return id
  })
}

/** A part of the whole on each side. */
export interface Parts {
  a: number
  wholeA: number
  b: number
  wholeB: number
}

/** Total weights of a path, 0 where a side does not have it. */
export function partsOf({ a, b, nodeA, nodeB }: TreeComparison, node: number): Parts {
  const total = (tree: CallTree, at: number) => at < 0 ? 0 : tree.total[at]!
  return { a: total(a, nodeA[node]!), wholeA: a.total[0]!, b: total(b, nodeB[node]!), wholeB: b.total[0]! }
}

/** Only counts of samples are draws that an interval can be taken of: periods and true cycles are not. */
export function isSampledCount(type: WeightType | undefined): boolean {
  return type?.kind === 'sampled' && type.unit === 'count'
}

const counted = new WeakMap<Profile, number | null>()

/** Samples by their count: a row of a profile may be a stack that was found several times. Null: it counts none. Counted once. */
export function countedSamples(profile: Profile): number | null {
  let found = counted.get(profile)
  if (found === undefined) {
    const weights = profile.samples.weights[profile.weightTypes.findIndex(isSampledCount)]
    found = weights ? weights.reduce((sum, weight) => sum + weight, 0) : null
    counted.set(profile, found)
  }
  return found
}

/** Shares, B's minus A's; with Newcombe's interval where both are counts of samples. Null: nothing to compare. */
export function shareDifference(
  { a, wholeA, b, wholeB }: Parts, sampled: boolean,
): ShareDifference | { difference: number; lo: null; hi: null } | null {
  if (!(wholeA > 0) || !(wholeB > 0)) return null
  if (sampled) return newcombe(b, wholeB, a, wholeA)
  return { difference: b / wholeB - a / wholeA, lo: null, hi: null }
}

/** Functions of either side whatever their callers, those whose share of self time differs most first. */
export interface FunctionComparison {
  name: string
  module: string
  self: Parts
  total: Parts
}

export function compareFunctions(a: CallTree, b: CallTree): FunctionComparison[] {
  const wholes = { wholeA: a.total[0]!, wholeB: b.total[0]! }
  const rowsOf = (tree: CallTree, side: 'a' | 'b') => {
    const rows = new Map<string, FunctionComparison>()
    const table = functionTable(tree)
    table.frame.forEach((frame, i) => {
      const [name, module] = [tree.frames.name[frame]!, tree.frames.module[frame]!]
      const key = exactKey(name, module)!
      let row = rows.get(key)
      if (!row) rows.set(key, row = { name, module, self: { a: 0, b: 0, ...wholes }, total: { a: 0, b: 0, ...wholes } })
      row.self[side] += table.self[i]!
      row.total[side] += table.total[i]!
    })
    return rows
  }
  const found = rowsOf(a, 'a')
  const ofB = rowsOf(b, 'b')
  const maps = new Map<string, FunctionComparison>()
  for (const [key, row] of found) {
    const map = keyOfMap(row.name, row.module)
    if (map !== null && !ofB.has(key) && !maps.has(map)) maps.set(map, row)
  }
  for (const [key, row] of ofB) {
    const map = keyOfMap(row.name, row.module)
    const like = found.get(key) ?? (map === null ? undefined : maps.get(map))
    if (!like) {
      found.set(key, row)
      continue
    }
    if (map !== null && !found.has(key)) {
      like.name = ofAnyProcess(like.name)
      like.module = ofAnyProcess(like.module)
    }
    like.self.b = row.self.b
    like.total.b = row.total.b
    if (map !== null) maps.delete(map)
  }
  const size = ({ self }: FunctionComparison) => Math.abs(shareDifference(self, false)?.difference ?? 0)
  return [...found.values()].sort((x, y) => size(y) - size(x))
}

/**
 * Why shares of two profiles' samples may not mean the same; null where they do. A sample of a clock stands for time, one
 * of another event for so many of those events, and a simulated one for simulated time.
 */
export function unlikeSamples(a: Profile, b: Profile): string | null {
  const [inA, inB] = [countedIn(a), countedIn(b)]
  if (inA === inB) return null
  return `A's samples count ${inA}, B's ${inB}: a share of the one is not a share of the other, and a difference may come from that alone.`
}

function countedIn({ weightTypes }: Profile): string {
  if (weightTypes.some((type) => type.kind === 'true')) return 'simulated time'
  const events = weightTypes.filter((type) => type.name !== 'samples').map((type) => type.name).sort()
  return events.length > 0 ? events.join(' and ') : 'nothing that the file names'
}
