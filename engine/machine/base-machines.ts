import type { CostValues } from './costs/sheet'

/** The PC that hosts the virtual machine, its network, and the choices that the paper leaves open. */
export interface MachineConfig {
  id: string
  name: string
  mhz: number
  linkMbps: number
  /**
   * Full is the default: two EtherExpress cards on a crossover cable negotiate it. Half duplex would make a packet
   * take 123.04 us and half of an ACK's 7.2 us, 126.6 us, which is closer to what share and average of Table 2's
   * transmit row imply; but then ACKs wait for frames to end, interrupts share fewer world switches, and
   * no fit of the counted rows was found (see machine/README.md).
   */
  duplex: 'half' | 'full'
  nic: {
    /** Frames that the card's FIFO holds. */
    fifoFrames: number
    /** Raise a transmit interrupt for every n-th frame; 0: never. */
    transmitInterruptEvery: number
    /** Raise one when the last queued frame has been fetched. */
    transmitInterruptOnIdle: boolean
  }
  /** Send window in full segments: Linux 2.2 advertises 32120 bytes of a 64 KB receive buffer, 22 segments. */
  windowSegments: number
  /** Ticks a second of host and guest. */
  timerHz: number
  costs: CostValues
}

/** The PCs of the paper's experiments (section 3.1): what a custom machine starts from. */
export const baseMachines = {
  'pc-733': { name: 'PC-733', mhz: 733 },
  'pc-350': { name: 'PC-350', mhz: 350 },
} as const
export type BaseMachineId = keyof typeof baseMachines

/** Host and network of both PCs. */
export const baseHost: Omit<MachineConfig, 'id' | 'name' | 'mhz' | 'costs'> = {
  linkMbps: 100, duplex: 'full', nic: { fifoFrames: 2, transmitInterruptEvery: 2, transmitInterruptOnIdle: true },
  windowSegments: 22, timerHz: 100,
}
