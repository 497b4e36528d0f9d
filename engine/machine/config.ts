import { type CostValues, sheetValues } from './costs/sheet'
import type { MachineId, Scenario } from './scenario'

/** The PC that hosts the virtual machine, its network, and the choices that the paper leaves open. */
export interface MachineConfig {
  id: string
  name: string
  mhz: number
  linkMbps: number
  /**
   * Full is the default: two EtherExpress cards on a crossover cable negotiate it. Half duplex would make a packet
   * take 123.04 us and half of an ACK's 7.2 us, 126.6 us, which is closer to the 126.8 us that Table 2's
   * 17.9 % / 22.7 us implies; but then ACKs wait for frames to end, interrupts share fewer world switches, and
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

const clocks: Record<MachineId, { name: string; mhz: number }> = {
  'pc-733': { name: 'PC-733', mhz: 733 },
  'pc-350': { name: 'PC-350', mhz: 350 },
}

export function machineConfig(id: MachineId): MachineConfig {
  return {
    id, ...clocks[id], linkMbps: 100, duplex: 'full',
    nic: { fifoFrames: 2, transmitInterruptEvery: 2, transmitInterruptOnIdle: true },
    windowSegments: 22, timerHz: 100, costs: sheetValues(),
  }
}

/** What of the scenario changes the way the machine works, as flags for the inner loops. */
export interface Features {
  ioInVmm: boolean
  sendCombining: boolean
  irqNotification: boolean
  idleKeepsPageTable: boolean
  picInlined: boolean
  idealizedNic: boolean
  noSkbCopy: boolean
  vmmDrivesNic: boolean
}

export function featuresOf(scenario: Scenario): Features {
  const has = (id: Scenario['optimizations'][number]) => scenario.optimizations.includes(id)
  const whatIf = (id: Scenario['whatIfs'][number]) => scenario.whatIfs.includes(id)
  return {
    ioInVmm: has('io-in-vmm'), sendCombining: has('send-combining'), irqNotification: has('irq-notification'),
    idleKeepsPageTable: whatIf('idle-keeps-page-table'), picInlined: whatIf('pic-inlined'),
    idealizedNic: whatIf('idealized-nic'), noSkbCopy: whatIf('no-skb-copy'), vmmDrivesNic: whatIf('vmm-drives-nic'),
  }
}

const guestEntries: (keyof CostValues)[] = [
  'guestSendLoop', 'guestSystemCall', 'guestSegmentBuild', 'guestCopyPerByte', 'guestTcpTransmit', 'guestIpTransmit',
  'guestDriverTransmit', 'guestIrqEntry', 'guestDriverInterrupt', 'guestDriverReap', 'guestDriverReceive',
  'guestProtocolReceive', 'guestTcpAck', 'guestTcpData', 'guestFreeSegment', 'guestWakeUp', 'guestScheduler', 'guestTimer',
]

/** The guest's costs inside a virtual machine: the native ones times the locality factor; whole cycles. */
export function guestCosts(costs: CostValues, virtual: boolean): CostValues {
  if (!virtual) return costs
  const scaled = { ...costs }
  for (const id of guestEntries) {
    const value = costs[id] * costs.vmLocality
    scaled[id] = id === 'guestCopyPerByte' ? value : Math.round(value)
  }
  return scaled
}
