/**
 * The only way to watch the machine. Profilers implement these; the machine never imports a profiler and
 * does not change its course for one that is free of cost.
 */
export interface SampleObserver {
  /** Cycle of the next sampling instant after the one at `now`. */
  nextSample(now: number): number
  /**
   * A sampling instant: `stack` (an id of the books) is what ran, `interruptible` whether the CPU took interrupts.
   * The answer is what the machine has to do about it.
   */
  due(now: number, stack: number, interruptible: boolean): SampleResponse
  /** A sample that was held or raised is taken now, on top of `stack`. */
  taken(now: number, stack: number): void
}

export const SampleResponse = {
  /** Nothing: the sample is recorded and was free. */
  None: 0,
  /** Call `taken` as soon as interrupts are on, at no cost. */
  Hold: 1,
  /** Raise a host interrupt: it takes its time, and world switches where the VMM runs; `taken` follows. */
  Raise: 2,
  /** Charge the handler's cycles right here, interrupts off or not (an NMI). */
  ChargeHere: 3,
} as const
export type SampleResponse = (typeof SampleResponse)[keyof typeof SampleResponse]

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
  /** Not a call: from the guest's driver taking a packet to the host's card having it. */
  PacketPath: 14,
} as const
export type Probe = (typeof Probe)[keyof typeof Probe]
export const probeCount = 15

export const probeLabels: readonly string[] = [
  'guest HLT to the next hardware interrupt', 'VMNet transmit', 'VMNet receive', 'world switch to the host',
  'world switch to the VMM', 'Lance transmit path', 'PIC access', 'Lance status register access',
  'Lance address register access', 'Lance access that world switches', 'host interrupt handling', 'select()',
  'guest context switch', 'guest interrupt, delivery to return', 'packet path, guest driver to host NIC',
]

/** Receives every reading of a probe, in cycles. */
export type ProbeListener = (probe: Probe, cycles: number) => void
