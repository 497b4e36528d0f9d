import type { MachineConfig } from '../machine/config'
import { Probe } from '../machine/observer'
import { type MachineId, type Scenario, defaultScenario, optimizationsOfPreset } from '../machine/scenario'
import { paperReference } from '../paper/reference'
import { rowById } from '../paper/rows'
import { microsecondsOfCycles, percentOf } from '../units'
import { attribute, sumByRow } from './attribution'
import { Simulation } from './simulation'

/** A figure of the paper that the model is fitted to or checked against; `tolerance` is one unit of misfit. */
export interface Figure {
  id: string
  unit: '%' | 'us' | 'Mb/s'
  target: number
  /** Half of the last printed digit, or the bound that the figure has to keep: the weight of its misfit. */
  tolerance: number
}

const { rows } = paperReference.table2
const vmmRows = [
  'guest-idle', 'direct-execution', 'guest-context-switch', 'host-irq-while-idle', 'privileged-instruction',
  'guest-irq-overhead', 'virtualization-transition',
] as const

/** The figures of the fit, and no others (Table 2, 64 Mb/s, 8 %). */
export const fittedFigures: readonly Figure[] = [
  { id: 'vmm', unit: '%', target: rows.vmm.percent, tolerance: 0.1 },
  { id: 'vmnet-transmit', unit: '%', target: rows['vmnet-transmit'].percent, tolerance: 0.1 },
  { id: 'vmnet-transmit average', unit: 'us', target: rows['vmnet-transmit'].averageMicroseconds, tolerance: 0.15 },
  { id: 'vmnet-receive', unit: '%', target: rows['vmnet-receive'].percent, tolerance: 0.05 },
  ...vmmRows.map((id): Figure => ({ id, unit: '%', target: rows[id].percent, tolerance: 0.1 })),
  // Counted rows: their costs are printed, so only the number of accesses can move them.
  { id: 'pic-access', unit: '%', target: rows['pic-access'].percent, tolerance: 0.05 },
  { id: 'lance-status-access', unit: '%', target: rows['lance-status-access'].percent, tolerance: 0.05 },
  { id: 'lance-transmit-path', unit: '%', target: rows['lance-transmit-path'].percent, tolerance: 0.05 },
  { id: 'lance-world-switch-access', unit: '%', target: rows['lance-world-switch-access'].percent, tolerance: 0.5 },
  { id: '2.0 throughput', unit: 'Mb/s', target: paperReference.version20.throughputMbps, tolerance: 0.25 },
  { id: '2.0 lance-address-access', unit: '%', target: paperReference.version20.lanceAddressPercentOfVmm, tolerance: 0.1 },
]

/** True shares of every row, averages and throughput of one run, by figure id. */
export function measure(scenario: Scenario, config: MachineConfig): Map<string, number> {
  const simulation = new Simulation({ ...scenario, samplerHz: 0 }, config)
  while (!simulation.advance(1024)) { /* on to the end */ }
  const { machine } = simulation
  const sums = sumByRow(attribute(machine.books), machine.books.cycles.subarray(0, machine.books.count))
  const total = machine.clock.now
  const vmm = sums.get('vmm') ?? 0
  const figures = new Map<string, number>()
  for (const [id, cycles] of sums) figures.set(id, percentOf(cycles, rowById.get(id)?.scope === 'total' ? total : vmm))
  figures.set('vmnet-transmit average', microsecondsOfCycles(machine.probes.mean(Probe.VmnetTransmit), config.mhz))
  figures.set('pic-access average', microsecondsOfCycles(machine.probes.mean(Probe.PicAccess), config.mhz))
  figures.set('lance-status-access average', microsecondsOfCycles(machine.probes.mean(Probe.LanceStatusAccess), config.mhz))
  figures.set('lance-transmit-path average', microsecondsOfCycles(machine.probes.mean(Probe.LanceTransmitPath), config.mhz))
  figures.set('vmnet-receive average', microsecondsOfCycles(machine.probes.mean(Probe.VmnetReceive), config.mhz))
  figures.set('throughput', (machine.nettest.bytesDone * 8) / microsecondsOfCycles(machine.nettest.endedAt - machine.nettest.startedAt, config.mhz))
  figures.set('idle of total', percentOf(machine.probes.inclusive[Probe.GuestIdle]!, total))
  const seconds = total / (config.mhz * 1e6)
  for (const [id, count] of Object.entries(machine.counts)) figures.set(`${id}/s`, (count as number) / seconds)
  if (machine.vmnet && machine.counts.vmnetTransmits > 0) {
    figures.set('nested IRQs a transmit', machine.vmnet.nestedInterrupts / machine.counts.vmnetTransmits)
    figures.set('isolated transmit cycles', machine.vmnet.isolatedCycles / Math.max(1, machine.vmnet.isolatedCalls))
  }
  return figures
}

export function meanOver(seeds: readonly number[], run: (seed: number) => Map<string, number>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const seed of seeds) for (const [id, value] of run(seed)) sums.set(id, (sums.get(id) ?? 0) + value / seeds.length)
  return sums
}

export function presetScenario(machine: MachineId, preset: 'native' | '2.0' | 'optimized', bytes: number, seed: number): Scenario {
  return {
    ...defaultScenario, machine, vm: preset === 'native' ? 'native' : 'hosted',
    optimizations: optimizationsOfPreset(preset), bytes, seed,
  }
}

/** Every figure of the fit as the model gives it with `config`'s costs, mean over `seeds`. */
export function modelFigures(config: MachineConfig, bytes: number, seeds: readonly number[]): Map<string, number> {
  const optimized = meanOver(seeds, (seed) => measure(presetScenario('pc-733', 'optimized', bytes, seed), config))
  const baseline = meanOver(seeds, (seed) => measure(presetScenario('pc-733', '2.0', bytes, seed), config))
  const figures = new Map(optimized)
  for (const [id, value] of baseline) figures.set(`2.0 ${id}`, value)
  return figures
}
