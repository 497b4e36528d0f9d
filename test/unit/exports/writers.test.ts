import { describe, expect, it } from 'vitest'
import { range } from '../../../engine/experiments/recording/range'
import { simulate } from '../../../engine/experiments/simulation'
import { findExperiment } from '../../../engine/experiments/registry'
import { exportedKinds, exportIds, kindOfName, type ExportId } from '../../../engine/exports/kinds'
import type { CycleRange } from '../../../engine/exports/types'
import { exportRun } from '../../../engine/exports/writers'
import { importProfile } from '../../../engine/formats/open-profile'
import { type Scenario, defaultScenario, scenarioName } from '../../../engine/machine/scenario'
import { PlainErrorException } from '../../../engine/plain-error'
import { decodeSession } from '../../../engine/session/archive'
import type { ImportedRun, SessionRun, SimulatedRun } from '../../../engine/session/document'
import { World, worldIds, worldNames } from '../../../engine/worlds'
import { fixture } from '../formats/readers'

const scenario: Scenario = { ...defaultScenario, bytes: 300_000 }

function simulated(of: Scenario): SimulatedRun {
  const { report, profile, digest } = simulate(of)
  return { kind: 'simulated', id: 'run-1', name: scenarioName(of), report, digest, profile }
}

function imported(name: string): ImportedRun {
  const { profile, format, report } = importProfile(name, fixture(name))
  return { kind: 'imported', id: 'import-1', name, source: { fileName: name, format, report }, profile }
}

function through<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

const exported = (run: SessionRun, id: ExportId, part: CycleRange | null = null) => through(exportRun(run, id, part))
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

interface TraceEvent { ph: string; ts: number; pid: number; tid: number; name: string; id?: number; args?: Record<string, unknown> }
const eventsOf = (bytes: Uint8Array) => (JSON.parse(textOf(bytes)) as { traceEvents: TraceEvent[] }).traceEvents

/** Time of each thread's outermost spans, microseconds; fails when spans do not nest. */
function spansByThread(events: readonly TraceEvent[]): Map<number, number> {
  const spent = new Map<number, number>()
  const open = new Map<number, number[]>()
  for (const { ph, ts, tid } of events) {
    const stack = open.get(tid) ?? []
    open.set(tid, stack)
    if (ph === 'B') stack.push(ts)
    if (ph !== 'E') continue
    const begun = stack.pop()!
    expect(ts).toBeGreaterThanOrEqual(begun)
    if (stack.length === 0) spent.set(tid, (spent.get(tid) ?? 0) + ts - begun)
  }
  for (const stack of open.values()) expect(stack).toEqual([])
  return spent
}

describe('the trace of a simulated run', () => {
  const run = simulated(scenario)
  const { bytes, lost } = exported(run, 'chrome-trace')
  const events = eventsOf(bytes)
  const { mhz } = through(range({ scenario, fromCycles: 0, toCycles: 0 }))

  it('has each world as a thread whose spans add up to the time that the books charge to it', () => {
    const names = new Map(events.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, args!['name'] as string]))
    expect([...names.values()].slice(0, World.Unclassified)).toEqual(worldNames.slice(0, World.Unclassified))
    const spent = spansByThread(events)
    const { samples, stacks } = run.profile
    const cycles = worldNames.map(() => 0)
    samples.stack.forEach((stack, row) => cycles[stacks.world[stack]!]! += samples.weights[1]![row]!)
    names.forEach((name, tid) => {
      const world = worldNames.indexOf(name)
      if (world >= 0) expect(Math.abs((spent.get(tid) ?? 0) - cycles[world]! / mhz)).toBeLessThan(0.1)
    })
    expect(lost.join()).not.toContain('covers')
  })

  it('has each packet as a flow that lies in open spans, from its start to its end', () => {
    const flows = new Map<number, TraceEvent[]>()
    for (const event of events) if ('stf'.includes(event.ph)) flows.set(event.id!, [...(flows.get(event.id!) ?? []), event])
    expect(flows.size).toBe(Math.ceil(300_000 / 1448))
    for (const steps of flows.values()) {
      expect(steps.map(({ ph }) => ph).join('')).toMatch(/^st*f$/)
      expect(steps.every(({ ts }, i) => i === 0 || ts >= steps[i - 1]!.ts)).toBe(true)
    }
    const spans = new Map<number, [number, number][]>()
    const open = new Map<number, number[]>()
    for (const { ph, tid, ts } of events) {
      if (ph === 'B') open.set(tid, [...(open.get(tid) ?? []), ts])
      else if (ph === 'E') spans.set(tid, [...(spans.get(tid) ?? []), [open.get(tid)!.pop()!, ts]])
    }
    const inSpan = ({ tid, ts }: TraceEvent) => spans.get(tid)!.some(([from, to]) => from < ts && ts <= to)
    for (const event of [...flows.values()].flat().filter((_, i) => i % 7 === 0)) expect(inSpan(event)).toBe(true)
  })

  it('has every counter, sample and interrupt', () => {
    const count = (ph: string, name?: string) => events.filter((event) => event.ph === ph && (name === undefined || event.name === name)).length
    for (const name of ['queued packets', 'pending virtual irqs', 'frames in flight', 'send window']) expect(count('C', name)).toBeGreaterThan(1)
    const { counts, samples } = run.report
    expect(count('i')).toBe(samples + counts.guestIrqs + counts.hostIrqsInVmm + counts.hostIrqsInHost)
  })

  it('of a range holds that range alone', () => {
    const begins = (packet: number) => Math.round(events.find(({ ph, id }) => ph === 's' && id === packet)!.ts * mhz)
    const part = { fromCycles: begins(50), toCycles: begins(90) }
    const cut = eventsOf(exported(run, 'chrome-trace', part).bytes)
    const spent = spansByThread(cut)
    const found = through(range({ scenario, ...part })).profile
    const cycles = worldNames.map(() => 0)
    found.samples.stack.forEach((stack, row) => cycles[found.stacks.world[stack]!]! += found.samples.weights[1]![row]!)
    expect(cycles.filter((count) => count > 0).length).toBeGreaterThan(4)
    // a call that was going on when the range began is shown whole
    cycles.forEach((count, world) => expect(Math.abs((spent.get(world + 1) ?? 0) - count / mhz)).toBeLessThan(3))
  })
})

describe('gecko', () => {
  it('of a simulated run has each sample at its time, worlds as categories', () => {
    const run = simulated(scenario)
    const text = textOf(exported(run, 'gecko').bytes)
    const gecko = JSON.parse(text) as {
      meta: { version: number; categories: { name: string; color: string }[]; interval: number; presymbolicated: boolean }
      threads: { samples: { data: [number, number][] }; stackTable: { data: [number | null, number][] }; frameTable: { schema: Record<string, number>; data: number[][] }; stringTable: string[] }[]
    }
    expect(gecko.meta).toMatchObject({ version: 24, presymbolicated: true })
    // the program takes the grey category for its default one
    expect(gecko.meta.categories.find(({ color }) => color === 'grey')?.name).toBe('Unclassified')
    expect(gecko.meta.interval).toBeCloseTo(1, 1)
    const [thread] = gecko.threads
    expect(thread!.samples.data).toHaveLength(run.report.samples)
    expect(thread!.samples.data.every(([, at], i, all) => i === 0 || at > all[i - 1]![1])).toBe(true)
    expect(thread!.stackTable.data.every(([prefix], i) => prefix === null || prefix < i)).toBe(true)
    const category = thread!.frameTable.schema['category']!
    const byWorld = worldIds.map(() => 0)
    for (const [stack] of thread!.samples.data) byWorld[thread!.frameTable.data[thread!.stackTable.data[stack]![1]]![category]!]!++
    const { samples, stacks } = run.profile
    const asked = worldIds.map((_, world) => samples.stack.reduce((sum, stack, row) => sum + (stacks.world[stack] === world ? samples.weights[0]![row]! : 0), 0))
    expect(byWorld).toEqual(asked)
  })

  it('is refused where there is nothing to write', () => {
    expect(() => exported(simulated({ ...scenario, samplerHz: 0 }), 'gecko')).toThrow(PlainErrorException)
    const run = simulated(scenario)
    const stranger: SimulatedRun = { ...run, report: { ...run.report, scenario: { ...scenario, seed: 7 } } }
    expect(() => exported(stranger, 'gecko')).toThrow(/takes other samples/)
  })

  it('of a capture comes back with its threads and samples', () => {
    const run = imported('perf-sym-pcnet.txt')
    const back = importProfile('x.gecko.json', exported(run, 'gecko').bytes)
    expect(back.format).toBe('firefox')
    expect(back.report.samplesKept).toBe(4385)
    const perThread = ({ samples, threads }: typeof back.profile) => threads.map((_, id) => samples.thread!.filter((thread) => thread === id).length)
    expect(perThread(back.profile)).toEqual(perThread(run.profile))
  })
})

describe('every format', () => {
  it.each(exportIds)('%s: a simulated run and a capture, which our own readers open again', (id) => {
    for (const run of [simulated(scenario), imported('node-tsc.cpuprofile')]) {
      const { bytes, lost } = exported(run, id)
      expect(bytes.length).toBeGreaterThan(100)
      expect(lost.every((words) => words !== '')).toBe(true)
      if (id === 'session') expect(decodeSession('x', bytes).session.runs).toMatchObject([{ id: run.id, name: run.name }])
      else if (!id.endsWith('csv')) expect(importProfile(`x${exportedKinds[id].endings[0]}`, bytes).report.notUnderstood).toBe(0)
    }
  })

  it('is found by its ending, the longest first', () => {
    const names = ['a.pb.gz', 'a.json', 'A.GECKO.JSON', 'a.trace.json', 'a.txt', 'a.csv', 'a.samples.csv', 'a.wsprof', 'a.docx']
    expect(names.map(kindOfName)).toEqual(['pprof', 'speedscope', 'gecko', 'chrome-trace', 'folded', 'csv', 'samples-csv', 'session', null])
  })

  it('can be asked for by the window, in a request that is checked', () => {
    const run = simulated(scenario)
    expect(() => findExperiment('export', { run, format: 'docx' })).toThrow(/cannot be exported: format/)
    expect(() => findExperiment('export', { run: {}, format: 'csv' })).toThrow(/run: is no run/)
    const result = through(findExperiment('export', { run, format: 'folded' })!.start()) as { bytes: Uint8Array }
    expect(textOf(result.bytes)).toMatch(/^VMM time;/m)
  })
})

describe('CSV', () => {
  it('of functions has amounts, shares and intervals of counts; names do not become formulas', () => {
    const { profile, ...run } = imported('node-tsc.cpuprofile')
    const name = profile.frames.name.with(profile.stacks.frame[profile.samples.stack[0]!]!, '=HYPERLINK("x")')
    const lines = textOf(exported({ ...run, profile: { ...profile, frames: { ...profile.frames, name } } }, 'csv').bytes).split('\n')
    expect(lines[0]).toContain('function,module,self samples (count),self % of samples,self % of samples ci95 low')
    expect(lines.some((line) => line.startsWith('"\'=HYPERLINK(""x"")"'))).toBe(true)
    const self = lines.slice(1, -1).map((line) => Number(/,(\d+),[\d.]+,[\d.]+,[\d.]+,\d+,/.exec(line)?.[1]))
    expect(self.reduce((sum, value) => sum + value, 0)).toBe(1229)
  })

  it('of samples has a line a row with its stack', () => {
    const run = imported('perf-sym-system2-pcnet.txt')
    const lines = textOf(exported(run, 'samples-csv').bytes).trim().split('\n')
    expect(lines[0]).toBe('seconds,thread,cpu,world,function,module,samples (count),cpu-clock (nanoseconds),stack')
    expect(lines).toHaveLength(847)
    expect(lines.filter((line) => line.includes('swapper'))).toHaveLength(354)
  })
})
