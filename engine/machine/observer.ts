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

/**
 * Watches everything, for recordings of a run. It is told before time passes and when something happens, with the clock
 * at that very cycle; it costs no cycles and changes nothing.
 */
export interface Recorder {
  /** `stack` runs from cycle `start` to `end`; nothing happens in between. */
  spent(stack: number, start: number, end: number): void
  /** `event` happens now; `subject` is what it happens to, see `MachineEvent`. */
  happened(event: MachineEvent, subject: number): void
}

/**
 * What a recorder is told of. Subjects are packets unless said otherwise: outbound ones (`Machine.outbound`) up to
 * `WireOutEnds`, inbound ones from `PeerReady` on, each numbered from 0 in its direction.
 */
export const MachineEvent = {
  /** A line of the host (a bit of `HostLine`) is handled. */
  HostIrq: 0,
  /** A virtual interrupt (its number) is delivered. */
  GuestIrq: 1,
  /** World switches begin; subject 0. */
  SwitchToHost: 2,
  SwitchToVmm: 3,
  /** The program's send() is entered; subject 0. */
  Send: 4,
  /** TCP has made a buffer for the next segment (its number), and begins to send one (-1: a packet without data). */
  SegmentBuilt: 5,
  SegmentSent: 6,
  DriverTakes: 7,
  TransmitDemand: 8,
  /** Send combining has noted it, or it is in the host's world for its own sake. */
  Queued: 9,
  InHost: 10,
  /** The VMApp begins to look through the transmit ring; the packet is the first that it can find. */
  RingPolled: 11,
  VmnetTransmitBegins: 12,
  /** The host's card has been given the packet; where VMNet did that, its call ends with it. */
  NicHas: 13,
  DmaBegins: 14,
  DmaEnds: 15,
  WireOutBegins: 16,
  WireOutEnds: 17,
  /** The other PC wants to send it. */
  PeerReady: 18,
  WireInBegins: 19,
  /** The frame is in the host's memory. */
  WireInEnds: 20,
  /** The card's interrupt handler takes what has come: all packets before this one. */
  NicHandled: 21,
  Bridged: 22,
  /** The VMApp has looked for packets: all before this one are known to it. */
  Looked: 23,
  VmnetReceiveBegins: 24,
  VmnetReceiveEnds: 25,
  /** The virtual card has it, and its interrupt line is up. */
  LanceHas: 26,
  DriverReceives: 27,
  /** TCP has done with it: an ACK has freed segments, data are in the socket. An ACK that frees none is not told. */
  TcpHas: 28,
  /** The program's recv() has returned; subject: bytes of payload handed over in all. */
  Received: 29,
} as const
export type MachineEvent = (typeof MachineEvent)[keyof typeof MachineEvent]

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
