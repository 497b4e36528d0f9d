import type { MachineConfig } from './base-machines'
import type { CostValues } from './costs/sheet'
import { machineOf } from './custom'
import { ofOneShape } from './one-shape'
import type { MachineId, Scenario } from './scenario'

export type { MachineConfig } from './base-machines'

/** What a scenario runs on: one of the paper's PCs, with the overrides of its custom machine if it has one. */
export function machineConfig(id: MachineId, custom?: Scenario['custom']): MachineConfig {
  return machineOf(id, custom)
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

/** Costs of guest code, the ones that the locality factor multiplies inside a virtual machine. */
export const guestEntries: readonly (keyof CostValues)[] = [
  'guestSendLoop', 'guestSystemCall', 'guestSegmentBuild', 'guestCopyPerByte', 'guestTcpTransmit', 'guestIpTransmit',
  'guestDriverTransmit', 'guestIrqEntry', 'guestDriverInterrupt', 'guestDriverReap', 'guestDriverReceive',
  'guestProtocolReceive', 'guestTcpAck', 'guestTcpData', 'guestFreeSegment', 'guestWakeUp', 'guestScheduler', 'guestTimer',
]

/** The guest's costs inside a virtual machine: the native ones times the locality factor; whole cycles. */
export function guestCosts(costs: CostValues, virtual: boolean): CostValues {
  if (!virtual) return costs
  const scaled = guestEntries.map((id) => {
    const value = costs[id] * costs.vmLocality
    return [id, id === 'guestCopyPerByte' ? value : Math.round(value)]
  })
  return ofOneShape({ ...costs, ...Object.fromEntries(scaled) })
}
