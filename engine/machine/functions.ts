import { World } from '../worlds'
import type { CostId } from './costs/sheet'

/**
 * The simulated functions: what a stack is made of. `world` colours it, `row` names the row of Table 2 that its
 * own time belongs to, `costs` are the cost entries that it spends (cost-use.ts: which of them in a scenario).
 */
export interface SimulatedFunction {
  name: string
  /** Part of the machine, as the paper names it. */
  module: string
  world: World
  row: string | null
  costs: CostId[]
}

const table: SimulatedFunction[] = []

function define(name: string, module: string, world: World, row: string | null, ...costs: CostId[]): number {
  table.push({ name, module, world, row, costs })
  return table.length - 1
}

const { Guest, GuestIdle, Vmm, WorldSwitch, VmApp, VmNet, HostKernel, HostIrq } = World
const direct = 'direct-execution'

export const Fn = {
  // Roots: what the VMApp sees as one long call into the VMM; the VMApp itself; a host without a VM.
  VmmTime: define('VMM time', 'root', Vmm, null),
  VmApp: define('VMApp', 'root', VmApp, 'vmapp-other', 'vmappReturn'),
  Host: define('Host', 'root', HostKernel, null),

  // Guest code, run directly.
  Nettest: define('nettest', 'guest', Guest, direct, 'guestSendLoop'),
  Send: define('sys_send', 'guest kernel', Guest, direct, 'guestSystemCall'),
  Recv: define('sys_recv', 'guest kernel', Guest, direct, 'guestSystemCall'),
  TcpSendmsg: define('tcp_sendmsg', 'guest tcp', Guest, direct, 'guestSegmentBuild'),
  TcpRecvmsg: define('tcp_recvmsg', 'guest tcp', Guest, direct),
  CopyFromUser: define('csum_partial_copy_from_user', 'guest kernel', Guest, direct, 'guestCopyPerByte'),
  CopyToUser: define('copy_to_user', 'guest kernel', Guest, direct, 'guestCopyPerByte'),
  TcpTransmit: define('tcp_transmit_skb', 'guest tcp', Guest, direct, 'guestTcpTransmit', 'guestDriverReap'),
  IpTransmit: define('ip_queue_xmit', 'guest ip', Guest, direct, 'guestIpTransmit'),
  StartXmit: define('pcnet32_start_xmit', 'guest pcnet32', Guest, direct, 'guestDriverTransmit'),
  DoIrq: define('do_IRQ', 'guest kernel', Guest, direct, 'guestIrqEntry'),
  PcnetInterrupt: define('pcnet32_interrupt', 'guest pcnet32', Guest, direct, 'guestDriverInterrupt', 'guestDriverReap'),
  PcnetRx: define('pcnet32_rx', 'guest pcnet32', Guest, direct, 'guestDriverReceive', 'guestCopyPerByte'),
  NetBh: define('net_bh', 'guest kernel', Guest, direct, 'guestProtocolReceive'),
  ReleaseSock: define('release_sock', 'guest tcp', Guest, direct),
  TcpRcv: define('tcp_rcv_established', 'guest tcp', Guest, direct, 'guestTcpAck', 'guestTcpData'),
  CleanRtx: define('tcp_clean_rtx_queue', 'guest tcp', Guest, direct, 'guestFreeSegment'),
  WakeUp: define('wake_up', 'guest kernel', Guest, direct, 'guestWakeUp'),
  GuestTimer: define('timer_interrupt', 'guest kernel', Guest, direct, 'guestTimer'),
  Schedule: define('schedule', 'guest kernel', Guest, 'guest-context-switch', 'guestScheduler'),
  IdleTask: define('cpu_idle', 'guest kernel', Guest, direct),
  EeproStartXmit: define('speedo_start_xmit', 'host nic driver', HostKernel, direct, 'nicStartTransmit'),
  EeproInterrupt: define('speedo_interrupt', 'host nic driver', HostIrq, direct, 'nicHandler', 'nicReap', 'nicReceive'),
  NativeTimer: define('timer_interrupt', 'host kernel', HostIrq, direct, 'hostTimer'),

  // The monitor.
  Privileged: define('privileged instruction', 'vmm monitor', Vmm, 'privileged-instruction', 'privilegedInstruction'),
  Transition: define('transition', 'vmm monitor', Vmm, 'virtualization-transition', 'transition'),
  PageTableSwitch: define('page table switch (CR3)', 'vmm monitor', Vmm, 'guest-context-switch', 'pageTableSwitch'),
  HaltEmulation: define('HLT emulation', 'vmm monitor', Vmm, 'halt-emulation', 'haltEmulation'),
  Halted: define('guest halted', 'vmm monitor', GuestIdle, 'guest-idle'),
  PicAccess: define('PIC access', 'vmm ports', Vmm, 'pic-access', 'picAccess', 'picSpecialisedAccess', 'rapMove'),
  RapAccess: define('Lance address register access', 'vmm ports', Vmm, 'lance-address-access', 'rapAccess'),
  RapMove: define('Lance address register move', 'vmm ports', Guest, direct, 'rapMove'),
  StatusAccess: define('Lance status register access', 'vmm ports', Vmm, 'lance-status-access', 'lanceStatusAccess'),
  SwitchAccess: define('Lance access that world switches', 'vmm ports', Vmm, 'lance-world-switch-access', 'ioTrap'),
  QueueTransmit: define('queue a transmit', 'vmm send combining', Vmm, 'lance-queued-transmit', 'ioTrap', 'lanceQueueTransmit'),
  VirtualIrq: define('deliver virtual IRQ', 'vmm virtual irq', Vmm, 'guest-irq-overhead', 'virtualIrqDelivery'),
  HostIrqInVmm: define('host interrupt in the VMM world', 'vmm monitor', Vmm, 'host-irq-while-busy', 'vmmInterruptEntry'),
  SwitchToHost: define('world switch to host', 'vmdriver', WorldSwitch, null, 'worldSwitch'),
  SwitchToVmm: define('world switch to VMM', 'vmdriver', WorldSwitch, null, 'worldSwitch'),
  VmmNicTransmit: define('VMM drives the NIC: transmit', 'vmm ports', Vmm, 'lance-queued-transmit', 'ioTrap', 'nicStartTransmit', 'copyPerByte'),
  VmmNicInterrupt: define('VMM drives the NIC: interrupt', 'vmm monitor', HostIrq, null,
    'nicHandler', 'nicReap', 'nicReceive', 'lanceReceivePath', 'copyPerByte'),

  // What watching costs, when it is not free.
  SamplerInterrupt: define('sampling interrupt', 'profiler', HostIrq, null, 'samplerInterrupt'),
  ProbeRead: define('read the time stamp counter', 'profiler', Vmm, 'probe-overhead', 'probePair'),

  // The host.
  HostTimer: define('host timer interrupt', 'host kernel', HostIrq, null, 'hostTimer'),
  NicInterrupt: define('host NIC interrupt', 'host nic driver', HostIrq, null, 'nicHandler', 'nicReap'),
  NicReceive: define('netif_rx, VMNet bridge', 'host nic driver', HostIrq, null, 'nicReceive'),
  EventLoop: define('event loop', 'vmapp', VmApp, 'vmapp-other', 'vmappEventLoop'),
  ReceivePath: define('Lance receive path', 'vmapp', VmApp, 'lance-receive-path', 'lanceReceivePath'),
  Select: define('select()', 'host kernel', HostKernel, 'vmapp-other', 'selectCall'),
  Bitvector: define('check the shared bitvector', 'vmapp', VmApp, 'vmapp-other', 'bitvectorCheck'),
  TimerWork: define('virtual timers', 'vmapp', VmApp, 'vmapp-other', 'timerWork'),
  DataEmulation: define('emulate a Lance data register access', 'vmapp', VmApp, 'lance-emulation-vmapp', 'lanceDataEmulation'),
  TransmitPath: define('Lance transmit path', 'vmapp', VmApp, 'lance-transmit-path', 'lanceTransmitPath'),
  VmnetTransmit: define('VMNet transmit', 'vmnet', VmNet, 'vmnet-transmit', 'vmnetTransmit'),
  VmnetReceive: define('VMNet receive', 'vmnet', VmNet, 'vmnet-receive', 'vmnetReceive'),
  SysWrite: define('write()', 'host kernel', HostKernel, null, 'systemCall'),
  SysRead: define('read()', 'host kernel', HostKernel, null, 'systemCall'),
  VmnetCopy: define('copy frame', 'vmnet', VmNet, null, 'copyPerByte'),
  NicStartTransmit: define('dev_queue_xmit, NIC start', 'host nic driver', VmNet, null, 'nicStartTransmit'),
} as const

export const functionTable: readonly SimulatedFunction[] = table
export const functionCount = table.length
