import type { CostId } from './sheet'

/** The parts of the machine that the entries of the sheet belong to, in the order in which a packet meets them. */
export interface CostGroup {
  id: string
  label: string
  costs: readonly CostId[]
}

export const costGroups: readonly CostGroup[] = [
  {
    id: 'guest', label: 'Guest', costs: [
      'guestSendLoop', 'guestSystemCall', 'guestSegmentBuild', 'guestCopyPerByte', 'guestTcpTransmit', 'guestIpTransmit',
      'guestDriverTransmit', 'guestIrqEntry', 'guestDriverInterrupt', 'guestDriverReap', 'guestDriverReceive',
      'guestProtocolReceive', 'guestTcpAck', 'guestTcpData', 'guestFreeSegment', 'guestWakeUp', 'guestScheduler', 'guestTimer',
      'vmLocality',
    ],
  },
  {
    id: 'vmm', label: 'VMM', costs: [
      'privilegedInstruction', 'transition', 'virtualIrqDelivery', 'haltEmulation', 'pageTableSwitch', 'ioTrap',
      'lanceStatusAccess', 'lanceQueueTransmit', 'picAccess', 'picSpecialisedAccess', 'rapAccess', 'rapMove',
      'vmmInterruptEntry', 'worldSwitch',
    ],
  },
  {
    id: 'vmapp', label: 'VMApp', costs: [
      'vmappReturn', 'vmappEventLoop', 'lanceTransmitPath', 'lanceReceivePath', 'lanceDataEmulation', 'bitvectorCheck', 'timerWork',
    ],
  },
  {
    id: 'host', label: 'Host kernel and VMNet', costs: [
      'systemCall', 'selectCall', 'vmnetTransmit', 'vmnetReceive', 'copyPerByte', 'nicStartTransmit', 'nicHandler', 'nicReap',
      'nicReceive', 'hostTimer',
    ],
  },
  {
    id: 'network', label: 'Card, wire and peer', costs: [
      'nicDma', 'nicReceiveDma', 'interruptLatency', 'peerLatency', 'peerDither', 'peerDelayedAck',
    ],
  },
  { id: 'instruments', label: 'Instruments', costs: ['samplerInterrupt', 'probePair'] },
]

/** 'worldSwitch' as people read it: 'world switch', 'NIC DMA'. */
export function costLabel(id: CostId): string {
  const words = id.replace(/([A-Z])/g, ' $1').toLowerCase()
  const upper = /\b(nic|vmm|irq|tcp|ip|dma|ack|rap|pic)\b/g
  return words.replace(upper, (word) => word.toUpperCase()).replace('vmapp', 'VMApp').replace('vmnet', 'VMNet')
    .replace('vm locality', 'VM locality').replace(/\bio trap\b/, 'I/O trap')
}
