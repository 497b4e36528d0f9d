/**
 * The only way to watch the machine. Profilers implement these; the machine never imports a profiler and
 * does not change its course for one that is free of cost.
 */
export interface SampleObserver {
  /** Cycles between two sampling instants are the observer's own business: it says when the next one is. */
  nextSample(now: number): number
  /** `stack` is what ran at that instant (an id of the books). */
  sample(now: number, stack: number): void
}

/** Calls that a direct measurement can bracket, from entry to return, nested interrupts included. */
export const Probe = {
  GuestIdle: 0,
  VmnetTransmit: 1,
  VmnetReceive: 2,
  WorldSwitchToHost: 3,
  WorldSwitchToVmm: 4,
  LanceTransmitPath: 5,
  PicAccess: 6,
  LanceStatusAccess: 7,
  LanceAddressAccess: 8,
  LanceSwitchAccess: 9,
  HostIrq: 10,
  Select: 11,
  GuestContextSwitch: 12,
  GuestIrq: 13,
} as const
export type Probe = (typeof Probe)[keyof typeof Probe]
export const probeCount = 14

/** Cycle counts read at the entry and return of each probed call: the inclusive book. */
export class ProbeBook {
  readonly count = new Float64Array(probeCount)
  readonly cycles = new Float64Array(probeCount)

  add(probe: Probe, cycles: number): void {
    this.count[probe]!++
    this.cycles[probe]! += cycles
  }

  mean(probe: Probe): number {
    return this.count[probe] === 0 ? 0 : this.cycles[probe]! / this.count[probe]!
  }
}
