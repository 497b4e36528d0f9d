import type { MachineConfig } from './base-machines'

/** What of a scenario decides whether a run can end and be kept. */
export interface Demand {
  bytes: number
  samplerHz: number
  /** Each sample is a real interrupt (sampler.cost 'interrupt'). */
  samplesInterrupt: boolean
}

/** A field that cannot stay as it is, with the range that would do. */
export interface Problem {
  path: string[]
  message: string
}

/** Interrupts of ticks and samples may take this much of the CPU: with all of it nothing else would ever run. */
const mostInterruptShare = 0.8
/** Samples are kept in memory until the run ends: 12 bytes each, twice while the columns grow. */
export const mostSamples = 50_000_000
/** Cycles are counted exactly below 2^53; half of it leaves room for what the link does not explain. */
export const mostCycles = 2 ** 52

/** At most what an interrupt-induced visit to the host and back costs, whatever version of the VMM runs. */
function visitCycles({ costs }: MachineConfig): number {
  return costs.vmmInterruptEntry + 2 * costs.worldSwitch + costs.vmappReturn + costs.vmappEventLoop +
    2 * (costs.selectCall + costs.bitvectorCheck) + costs.lanceTransmitPath
}

/** At most what one timer tick costs the CPU: host and guest, without what it lets happen on the network. */
export function tickCycles(config: MachineConfig): number {
  const { costs } = config
  const guest = costs.virtualIrqDelivery + 2 * costs.transition + 8 * costs.privilegedInstruction + 4 * costs.picAccess +
    costs.vmLocality * (costs.guestIrqEntry + costs.guestTimer)
  return visitCycles(config) + costs.hostTimer + costs.timerWork + guest
}

/** The link's time for the bytes alone, in seconds: no run is shorter. A full segment of 1448 bytes takes 1538. */
function leastSeconds(bytes: number, linkMbps: number): number {
  return (bytes * 8 * (1538 / 1448)) / (linkMbps * 1e6)
}

/** What stands in the way of a run of `demand` on `config`, one field at a time; null when nothing does. */
export function problemOf(config: MachineConfig, demand: Demand): Problem | null {
  return ditherProblem(config) ?? interruptProblem(config, demand) ?? lengthProblem(config, demand)
}

/** A spread wider than the latency would be cut off at zero, and the mean would not be what was asked for. */
function ditherProblem({ costs: { peerLatency, peerDither } }: MachineConfig): Problem | null {
  if (peerDither <= peerLatency) return null
  return {
    path: ['custom', 'costs', 'peerDither'],
    message: `peerDither ${peerDither} is out of range: a number from 0.001 to peerLatency, ` +
      `here ${peerLatency} (microseconds), is needed`,
  }
}

function interruptProblem(config: MachineConfig, { samplerHz, samplesInterrupt }: Demand): Problem | null {
  const budget = mostInterruptShare * config.mhz * 1e6
  const tick = tickCycles(config)
  if (tick * config.timerHz > budget) {
    return {
      path: ['custom', 'timerHz'],
      message: `timerHz ${config.timerHz} is out of range for this machine: a tick takes up to ` +
        `${Math.round(tick)} of its cycles, so that at most ${Math.floor(budget / tick)} a second ` +
        `leave a CPU of ${config.mhz} MHz time for anything else`,
    }
  }
  const sample = visitCycles(config) + config.costs.samplerInterrupt
  if (!samplesInterrupt || tick * config.timerHz + sample * samplerHz <= budget) return null
  return {
    path: ['samplerHz'],
    message: `sampler rate ${samplerHz} is out of range for samples that interrupt: one takes up to ` +
      `${Math.round(sample)} cycles, so that at most ${Math.floor((budget - tick * config.timerHz) / sample)} ` +
      `a second leave a CPU of ${config.mhz} MHz time for anything else`,
  }
}

function lengthProblem({ mhz, linkMbps }: MachineConfig, { bytes, samplerHz }: Demand): Problem | null {
  const seconds = leastSeconds(bytes, linkMbps)
  if (seconds * mhz * 1e6 > mostCycles) {
    const most = Math.floor((bytes * mostCycles) / (seconds * mhz * 1e6))
    return {
      path: ['bytes'],
      message: `bytes ${bytes} is out of range on this machine: a whole number from 1 to ${most}, ` +
        `or cycles could no longer be counted exactly (${linkMbps} Mb/s, ${mhz} MHz)`,
    }
  }
  if (seconds * samplerHz <= mostSamples) return null
  return {
    path: ['samplerHz'],
    message: `sampler rate ${samplerHz} is out of range for ${bytes} bytes at ${linkMbps} Mb/s: ` +
      `a whole number from 0 to ${Math.floor(mostSamples / seconds)}, ` +
      `or there would be more samples than the ${mostSamples} that can be kept`,
  }
}
