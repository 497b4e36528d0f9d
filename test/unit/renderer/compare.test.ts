import { describe, expect, it } from 'vitest'
import type { LadderRun } from '../../../engine/experiments/ladder-shares'
import { makeTrees } from '../../../engine/profile/tree-work'
import { lookOf } from '../../../renderer/charts/diff-looks'
import {
  chosenWeight, measureOf, microsecondsAPacket, noPackets, noSeconds, pairOf, secondsOf, weightsOfPair, type Pair,
} from '../../../renderer/state/compare'
import { boxesArgs, boxesOf as boxesOfPair, pairChoice, rangesOf } from '../../../renderer/state/compare-boxes'
import { functionsArgs, orderedFunctions } from '../../../renderer/state/compare-functions'
import { completeSeeds, ladderKey, ladderOrders, ladderScenario, ladderView, ladderWords } from '../../../renderer/state/compare-ladder'
import type { CompareMode } from '../../../renderer/state/compare-state'
import { functionsText, ladderText, rowsText } from '../../../renderer/state/compare-text'
import { verdictWords } from '../../../renderer/state/difference-words'
import { nodeOf, pathOf } from '../../../renderer/state/frame-path'
import { initialWorkbench } from '../../../renderer/state/store'
import { importedRun, simulatedRun } from './fixture'
import { looksOfBoxes } from '../../../renderer/views/compare/box-looks'

const a = simulatedRun('a', { optimizations: [] }, 4)
const b = simulatedRun('b')
const pair: Pair = { a, b }
const nothing = { range: null }

const profilesOf = (two: Pair) => [two.a.profile, two.b.profile]

function boxesOf(two: Pair, mode: CompareMode = 'share', weight = 0) {
  const weights = weightsOfPair(two)
  const chosen = chosenWeight(weights, weight)
  const measure = measureOf(two, mode, 'total', chosen, nothing)
  return boxesOfPair(makeTrees('pair', profilesOf(two), boxesArgs(two, two, pairChoice('total', chosen, measure))), chosen, measure)
}
const idle = ['module\nVMM time', 'module\nguest idle']

describe('the three icicles', () => {
  it('keep one scale after zooming, also where a box is missing', () => {
    const boxes = boxesOf(pair)
    expect(rangesOf(boxes, []).map((range) => range && range.to - range.from)).toEqual([100, 100, 100])
    const zoomed = rangesOf(boxes, idle)
    const widths = zoomed.map((range) => range!.to - range!.from)
    expect(widths[1]).toBeCloseTo(widths[0]!)
    expect(widths[2]).toBeCloseTo(widths[0]!)
    expect(zoomed[0]!.from).not.toBeCloseTo(zoomed[1]!.from, 1)
    expect(rangesOf(boxes, ['module\nno such box'])).toEqual([null, null, null])
  })

  it('are as wide as a packet or a second is, and need packets or times for it', () => {
    expect(boxesOf(pair, 'packet').b.whole).toBeCloseTo(microsecondsAPacket(b)!)
    expect(boxesOf(pair, 'packet').mean.whole).toBeCloseTo((microsecondsAPacket(a)! + microsecondsAPacket(b)!) / 2)
    const samples = b.profile.samples.weights[0]!.reduce((sum, count) => sum + count, 0)
    expect(boxesOf(pair, 'second').b.whole).toBeCloseTo(samples / b.report.simulatedSeconds)
    expect(noPackets(pair, nothing)).toBeNull()
    expect(noPackets({ a, b: importedRun('i') }, nothing)).toContain('recorded profile')
    expect(noSeconds({ a, b: importedRun('i') }, weightsOfPair({ a, b: importedRun('i') })[0]!, nothing)).toContain('no times')
    expect(microsecondsAPacket(simulatedRun('r', { direction: 'receive' }))).toBeNull()
  })

  it('know the seconds of a recording, and of a range', () => {
    const timed = importedRun('t')
    timed.profile.samples.time = Float64Array.from(timed.profile.samples.stack, (_, row) => 3 + row * 2)
    expect(secondsOf(timed, nothing)).toBe(2 * (timed.profile.samples.stack.length - 1))
    const part = { profile: b.profile, samples: 10, table: null }
    const range = { run: b.id, unit: 'cycles' as const, from: 0, to: b.report.books.cycles / 4, part }
    expect(secondsOf(b, { range })).toBeCloseTo(b.report.simulatedSeconds / 4)
    expect(noPackets(pair, { range })).toContain('range')
  })

  it('say of each box what the evidence says', () => {
    const boxes = boxesOf(pair)
    const node = nodeOf(boxes.mean.tree, idle)
    const said = { unit: 'points', parts: 'boxes', evidence: 'sampled' as const, digits: 1 }
    expect(boxes.differences.verdict[node]).toBe(1)
    expect(verdictWords(boxes.differences, node, said)).toMatch(/^higher by [\d.]+ points \[[\d.]+, [\d.]+\]$/)
    const looks = looksOfBoxes(boxes)
    expect(looks(node)).toBe(lookOf({ kind: 'neither', size: 1, presence: 'both' })) // idle is neither slower nor faster
    const same = boxesOf({ a, b: a })
    expect(new Set(Array.from(same.union.parent, (_, box) => looksOfBoxes(same)(box)))).toEqual(new Set([lookOf({ kind: 'no-evidence', size: 0, presence: 'both' })]))
  })

  it('call true cycles counted, and colour them by size alone', () => {
    const boxes = boxesOf(pair, 'share', 1)
    expect(boxes.weight).toMatchObject({ label: 'true', evidence: 'counted' })
    const node = nodeOf(boxes.mean.tree, idle)
    expect(boxes.differences.verdict[node]).toBe(1)
    expect(verdictWords(boxes.differences, node, { unit: 'points', parts: 'boxes', evidence: 'counted', digits: 1 })).toMatch(/points, counted$/)
    expect(Number.isNaN(boxes.differences.lo[node]!)).toBe(true)
  })

  it('mark what only one side has, between a recording and a simulated run as well', () => {
    const mixed = boxesOf({ a, b: importedRun('i') })
    const looks = looksOfBoxes(mixed)
    const mine = nodeOf(mixed.mean.tree, pathOf(mixed.a.tree, 1))
    expect(mixed.weight.evidence).toBe('sampled')
    expect([mixed.union.nodeA[mine]! < 0, mixed.union.nodeB[mine]! < 0]).toContain(true)
    expect(new Set(Array.from(mixed.union.parent.subarray(1), (_, before) => looks(before + 1) % 3))).toEqual(new Set([1, 2])) // all vanished or new
  })

  it('show the chosen range of a run in place of the run', () => {
    const state = initialWorkbench()
    state.document.runs = [a, b]
    state.range = { run: b.id, unit: 'cycles', from: 0, to: 10, part: { profile: a.profile, samples: 7, table: null } }
    expect(pairOf(state)!.b.profile).toBe(a.profile)
    expect(pairOf(state)!.a).toBe(a)
  })
})

describe('functions compared', () => {
  const { weight, measure } = boxesOf(pair)
  const functions = makeTrees('functions', profilesOf(pair), functionsArgs(pair, pair, pairChoice('total', weight, measure), 'self'))

  it('are sorted by size of the difference, by any column, and searched', () => {
    const names = (sort: 'difference' | 'name' | 'b', search = '', down = true) =>
      orderedFunctions(functions, { search, sort, down }).map((row) => functions.rows[row]!.name)
    const sizes = orderedFunctions(functions, { search: '', sort: 'difference', down: true }).map((row) => Math.abs(functions.differences.difference[row]!))
    expect(sizes).toEqual([...sizes].sort((x, y) => y - x))
    expect(names('name')).toEqual([...names('name')].sort())
    expect(names('b', '', false).at(-1)).toBe(names('b')[0])
    expect(names('difference', 'IDLE').every((name) => name.includes('idle'))).toBe(true)
    expect(names('difference', 'IDLE').length).toBeGreaterThan(0)
  })

  it('know those that run only while the guest is idle', () => {
    const names = functions.rows.filter((_, row) => functions.idle[row]).map(({ name }) => name)
    expect(names).toContain('guest idle')
    for (const busy of ['monitor', 'vmnet write', 'timer interrupt']) expect(names).not.toContain(busy)
  })

  it('sum to nothing in percent: what the one gains the others lose', () => {
    expect(functions.differences.difference.reduce((sum, change) => sum + change, 0)).toBeCloseTo(0, 9)
  })

  it('are written as CSV with the same numbers', () => {
    const order = orderedFunctions(functions, { search: '', sort: 'difference', down: true })
    const lines = functionsText(functions, order, 'self', { weight, measure }, 1).trimEnd().split('\n')
    expect(lines).toHaveLength(order.length + 1)
    expect(lines[1]).toContain(functions.rows[order[0]!]!.name)
    expect(Number(lines[1]!.split(',')[4])).toBeCloseTo(functions.differences.difference[order[0]!]!, 4)
    expect(rowsText(pair, pair, null).split('\n')[0]).toContain(a.name)
    // the worlds are there before the engine has answered with the rows of recorded profiles
    const recorded = { a: importedRun('i'), b: importedRun('j') }
    expect(rowsText(recorded, recorded, null).trim().split('\n').slice(1).map((line) => line.split(',').slice(0, 5))).toEqual([
      ['world-vmm', 'VMM', '"of total time', ' sampled"', '40'], ['world-host-kernel', 'Host kernel', '"of total time', ' sampled"', '60'],
    ])
  })
})

describe('the ladder as shown', () => {
  /** Time 100, less 40, 20 and 10 for the three, and 5 more where the first two are both on. */
  const timeOf = (c: number) => 100 - (c & 1 ? 40 : 0) - (c & 2 ? 20 : 0) - (c & 4 ? 10 : 0) + ((c & 3) === 3 ? 5 : 0)
  const run = (combination: number, seed: number, idleTime = 8): LadderRun => ({
    combination, seed, throughputMbps: 64, microseconds: timeOf(combination) + seed + idleTime,
    rows: { 'guest-idle': idleTime, 'direct-execution': 20 + seed, 'rest of VMM time': timeOf(combination) - 20 },
  })
  const runs = [1, 2].flatMap((seed) => Array.from({ length: 8 }, (_, c) => run(c, seed)))

  it('says which row the largest step took most from, or gave most to', () => {
    const words = (rows: (combination: number) => Record<string, number>) => ladderWords(ladderView(
      Array.from({ length: 8 }, (_, combination): LadderRun => {
        const of = rows(combination)
        return { combination, seed: 1, throughputMbps: 64, microseconds: Object.values(of).reduce((sum, n) => sum + n, 0), rows: of }
      }), null, ladderOrders[0]!, 'elapsed')!)
    expect(words((c) => ({ 'direct-execution': c & 1 ? 50 : 80, 'pic-access': c & 1 ? 10 : 20 })))
      .toMatch(/step is handle I\/O in the VMM \(−40\.0\), most of it from "Instructions .*" \(−30\.0\)\.$/)
    // a step that costs time: the row that grew, not the one that shrank
    expect(words((c) => ({ 'direct-execution': c & 1 ? 120 : 80, 'pic-access': c & 1 ? 10 : 20 })))
      .toMatch(/\(\+30\.0\), the largest change in "Instructions .*" \(\+40\.0\)\.$/)
    // no row has half of it
    expect(words((c) => ({ 'direct-execution': c & 1 ? 10 : 20, 'pic-access': c & 1 ? 10 : 20, 'halt-emulation': c & 1 ? 10 : 19 })))
      .toMatch(/\(−29\.0\), the largest change from /)
    expect(words(() => ({ 'pic-access': 5 }))).toMatch(/^From 2\.0 to optimized: 0\.0 µs a packet\. The largest step is .* \(0\.0\)\.$/)
  })
  it('takes away what each step does, in the order chosen, and by row', () => {
    const view = ladderView(runs, 9, ladderOrders[0]!, 'work')!
    expect(view.rungs.map(({ microseconds }) => microseconds.mean)).toEqual([101.5, 61.5, 46.5, 36.5])
    expect(view.steps.map(({ change }) => change.mean)).toEqual([-40, -15, -10])
    expect(view.steps.map(({ share }) => share.mean)).toEqual([-37.5, -17.5, -10])
    expect(view.whole.mean).toBe(-65)
    const reversed = ladderView(runs, 9, ladderOrders.at(-1)!, 'work')!
    expect(reversed.steps.map(({ change }) => change.mean)).toEqual([-10, -20, -35])
    const byRow = view.rows.map((row) => row.steps.map(({ mean }) => mean))
    expect(view.steps.map((_, i) => byRow.reduce((sum, row) => sum + row[i]!, 0))).toEqual([-40, -15, -10])
    expect(view.rows[0]!.label).toBe('VMM time in no row')
    expect(ladderText(view).split('\n')).toHaveLength(view.rows.length + 4)
  })

  it('counts the guest\'s idle time only when asked to', () => {
    const rungsOf = (measure: 'work' | 'elapsed') => ladderView(runs, 9, ladderOrders[0]!, measure)!.rungs[0]!.microseconds.mean
    expect(rungsOf('elapsed') - rungsOf('work')).toBe(8)
    expect(ladderView(runs, 9, ladderOrders[0]!, 'work')!.rows.some(({ id }) => id === 'guest-idle')).toBe(false)
  })

  it('stands on whole seeds only: half of one would mix two', () => {
    expect(completeSeeds(runs.slice(0, 12))).toHaveLength(1)
    expect(ladderView(runs.slice(0, 7), null, ladderOrders[0]!, 'work')).toBeNull()
    expect(ladderView(runs.slice(0, 12), null, ladderOrders[0]!, 'work')).toMatchObject({ seeds: 1, whole: { ci95: null } })
  })

  it('needs two simulated virtual machines that agree in all but their optimizations', () => {
    const why = (x: Pair['a'], y: Pair['b']) => {
      const found = ladderScenario({ a: x, b: y })
      return 'why' in found ? found.why : null
    }
    expect(why(a, b)).toBeNull()
    expect(why(a, simulatedRun('s', { seed: 9, samplerHz: 0, bytes: 1000 }))).toBeNull()
    expect(why(a, simulatedRun('s', { sendSize: 512 }))).toContain('send size')
    expect(why(a, simulatedRun('s', { whatIfs: ['no-skb-copy'] }))).toContain('what-ifs')
    expect(why(a, simulatedRun('n', { vm: 'native' }))).toContain('no virtual machine')
    expect(why(importedRun('i'), b)).toContain('recorded profile')
  })

  it('is another one for other bytes, seeds or machines, but not for another order or seed of the pair', () => {
    const size = { seeds: 3, bytes: 1e7 }
    const key = ladderKey(a.report.scenario, size)
    expect(ladderKey({ ...a.report.scenario, seed: 7, optimizations: ['send-combining'] }, size)).toBe(key)
    expect(ladderKey({ ...a.report.scenario, machine: 'pc-350' }, size)).not.toBe(key)
    expect(ladderKey(a.report.scenario, { ...size, seeds: 4 })).not.toBe(key)
    expect(new Set(ladderOrders.map(String)).size).toBe(6)
  })
})
