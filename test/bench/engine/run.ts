import { join } from 'node:path'
import { crewOf } from '../../../engine/crew'
import { ManyRuns, nobodyElse } from '../../../engine/experiments/many-runs'
import { figure6SendSizes } from '../../../engine/experiments/sweep-types'
import { Simulation } from '../../../engine/experiments/simulation'
import { machineConfig } from '../../../engine/machine/config'
import { Machine } from '../../../engine/machine/machine'
import { canonicalScenario, defaultScenario, optimizationIds, type Scenario } from '../../../engine/machine/scenario'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import { emptyView, type SessionDocument } from '../../../engine/session/document'
import { cpuMilliseconds, figure, median, quick, spread } from '../figure'
import { peers } from './peers'
import { eventsAPacket } from './pipeline'
import { pipelineOnClock } from './pipeline-clock'

/** Figures of the engine alone, in this process: CPU time of all its threads, in turns where two things are compared. */
const rounds = quick ? 2 : 7
const megabyte = 1e6
const scenarioOf = (some: Partial<Scenario>) => canonicalScenario({ ...defaultScenario, optimizations: [...optimizationIds], ...some })

/** CPU milliseconds of `work`. Nothing is swept before: a forced collection throws away compiled code too. */
function cpuOf(work: () => void): number {
  const before = cpuMilliseconds()
  work()
  return cpuMilliseconds() - before
}

function unwatched(bytes: number, seed = 1, some: Partial<Scenario> = {}): Machine {
  const scenario = scenarioOf({ bytes, seed, samplerHz: 0, ...some })
  const machine = new Machine(machineConfig(scenario.machine, scenario.custom), scenario)
  while (!machine.nettest.step()) { /* to its end */ }
  return machine
}

function watched(bytes: number, seed = 1): Simulation {
  const simulation = new Simulation(scenarioOf({ bytes, seed }))
  while (!simulation.advance(1024)) { /* to its end */ }
  return simulation
}

function oneRun(): void {
  const subject = '100 MB nettest, optimized'
  const bytes = quick ? 5 * megabyte : 100 * megabyte
  const first = cpuOf(() => unwatched(bytes))
  const off: number[] = []
  const on: number[] = []
  for (let round = 0; round < rounds + 3; round++) {
    const [a, b] = [cpuOf(() => unwatched(bytes, round + 1)), cpuOf(() => watched(bytes, round + 1))]
    if (round < 3) continue // the compiler is still at work
    off.push(a)
    on.push(b)
  }
  const { clock, config } = unwatched(bytes)
  const simulated = (1000 * clock.now) / (config.mhz * 1e6)
  figure(subject, `profilers off, warm (median of ${rounds})`, `${spread(off, 'ms')}; ${(simulated / median(off)).toFixed(0)} times real time`, '100 ms; aim 50 ms')
  figure(subject, 'the first one of a process, compiling included', `${first.toFixed(0)} ms`, '')
  figure(subject, 'sampling at 1 kHz and all probes, against off', `${(median(on) / median(off)).toFixed(2)} x (${spread(on, 'ms')})`, '1.5 x; aim 1.2 x')
}

function againstPeers(): void {
  const subject = 'events a second, one pipeline of 12 CPU turns, a link and an acknowledgement'
  const { found, missing } = peers()
  const packets = quick ? 50_000 : 1_000_000
  pipelineOnClock(packets)
  const rates = new Map<string, number[]>()
  const note = (name: string, rate: number) => rates.set(name, [...(rates.get(name) ?? []), rate])
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    note('ours', (packets * eventsAPacket) / (1000 * cpuOf(() => void pipelineOnClock(packets))))
    for (const peer of found) {
      const few = quick ? Math.ceil(peer.packets / 10) : peer.packets
      const { last, cpuSeconds } = peer.run(few)
      if (last !== pipelineOnClock(few)) throw new Error(`${peer.name} ends at ${last}, and not where the engine does`)
      note(peer.name, (few * eventsAPacket) / (1e6 * cpuSeconds))
    }
  }
  const ours = rates.get('ours')!
  figure(subject, `the engine's clock and books, ${packets} packets`, spread(ours, 'million'), '')
  const bounds: Record<string, string> = { 'SimPy 3': '70 x; aim 145 x', 'SIM.JS 2.0.3': '8 x; aim 25 x' }
  for (const { name, packets: few } of found) {
    const theirs = rates.get(name)!
    const ratio = median(ours) / median(theirs)
    figure(subject, `${name}, ${few} packets; the engine against it`, `${spread(theirs, 'million')}; ${ratio.toPrecision(3)} x`, bounds[name] ?? '')
  }
  for (const name of missing) figure(subject, `${name}`, 'not found here, not compared', '')
}

/** The virtual machine with every choice of the three optimizations: 8 configurations. */
const choices = Array.from({ length: 1 << optimizationIds.length }, (_, mask) => optimizationIds.filter((_id, bit) => (mask >> bit) & 1))

function figure6(): void {
  const subject = 'Figure 6, both cores'
  const seeds = quick ? 2 : 30
  const bytes = quick ? megabyte / 4 : 10 * megabyte
  const scenarios = figure6SendSizes.flatMap((sendSize) => choices.flatMap((optimizations) =>
    Array.from({ length: seeds }, (_, i) => scenarioOf({ optimizations, sendSize, bytes, seed: i + 1 }))))
  const crew = crewOf(join(process.cwd(), 'out', 'electron', 'engine-crew.mjs'))
  for (const [what, some] of [['all cores', crew], ['one', nobodyElse]] as const) {
    const [began, before] = [performance.now(), cpuMilliseconds()]
    const runs = new ManyRuns(scenarios, some)
    for (const done of runs.upTo(runs.count)) if (done === runs.count) break
    runs.end()
    const [wall, cpu] = [(performance.now() - began) / 1000, (cpuMilliseconds() - before) / 1000]
    figure(subject, `${figure6SendSizes.length} sizes, ${choices.length} configurations, ${seeds} seeds, ${bytes / megabyte} MB each, on ${what}`,
      `${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s`, some === crew ? '60 s; aim 25 s' : '')
  }
}

/** Events have to grow with the bytes, time with the events, and memory not at all. */
function growth(): void {
  const subject = 'cost of a run against bytes sent'
  const sizes = (quick ? [1, 2, 5, 10] : [100, 1000, 3000, 10_000]).map((size) => size * megabyte)
  const events: number[] = []
  const cpu: number[] = []
  const heap: number[] = []
  // compiled code is thrown away and made anew while other shapes of run go by: this one settles first
  for (let round = 0; round < 5; round++) unwatched(sizes[0]!)
  for (const bytes of sizes) {
    let machine!: Machine
    // a short transfer is measured as often as the longest would take
    const times = Array.from({ length: Math.min(rounds, sizes.at(-1)! / bytes) }, () => cpuOf(() => { machine = unwatched(bytes) }))
    cpu.push(median(times))
    events.push(machine.clock.segments)
  }
  for (const bytes of sizes.slice(0, 3)) {
    const machine = unwatched(bytes)
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    if (machine.nettest.bytesDone === bytes) heap.push(heapUsed + arrayBuffers)
  }
  const slope = (events.at(-1)! - events[0]!) / (sizes.at(-1)! - sizes[0]!)
  const off = sizes.map((bytes, i) => Math.abs(events[i]! / (events[0]! + slope * (bytes - sizes[0]!)) - 1))
  const aByte = cpu.map((ms, i) => (1e6 * ms) / sizes[i]!)
  figure(subject, `events, off a straight line over ${sizes.map((bytes) => bytes / megabyte).join(', ')} MB`, `${(100 * Math.max(...off)).toFixed(3)} %`, '1 %')
  figure(subject, 'warm CPU time a byte, largest against smallest transfer', `${(aByte.at(-1)! / aByte[0]!).toFixed(2)} x (${aByte.map((ns) => ns.toFixed(2)).join(', ')} ns)`, 'within 25 %')
  figure(subject, 'memory held after the first three', heap.map((bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`).join(', '), 'flat')
}

function session(): void {
  const subject = 'a session of two 100 MB runs'
  const runs = [scenarioOf({ optimizations: [] }), scenarioOf({})].map((scenario, i) => {
    const simulation = new Simulation({ ...scenario, bytes: quick ? megabyte : 100 * megabyte })
    while (!simulation.advance(1024)) { /* to its end */ }
    return { kind: 'simulated' as const, id: `run-${i}`, name: `run ${i}`, ...simulation.result() }
  })
  const document: SessionDocument = { notes: '', runs, view: emptyView }
  const bytes = encodeSession(document)
  const [save, open]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    save.push(cpuOf(() => void encodeSession(document)))
    open.push(cpuOf(() => void decodeSession('bench.wsprof', bytes)))
  }
  figure(subject, `encode (median of ${rounds})`, spread(save, 'ms'), '300 ms to save')
  figure(subject, `decode and check (median of ${rounds})`, spread(open, 'ms'), '300 ms to open')
  figure(subject, 'size', `${(bytes.byteLength / 1e6).toFixed(3)} MB`, '2 MB')
}

oneRun()
againstPeers()
growth()
session()
figure6()
