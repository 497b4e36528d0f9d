import type { RuleSet } from '../rule'
import { hostInterrupts, kernelEntries } from './interrupts'

/** A Linux host, or any program, without a virtual machine in sight. */
export const plainHost: RuleSet = {
  id: 'plain-host',
  name: 'Plain host',
  about: 'No virtual machine: there is no VMM time, and the paper\'s rows do not apply. What a host does is told apart by kernel, network, interrupts and idle; programs stay without a world.',
  rules: [
    ...hostInterrupts,
    { idle: true, world: 'guest-idle', row: 'host-idle', note: 'nothing ran' },
    {
      outside: ['vmnet', 'host-irq', 'guest-idle'], inside: ['host-kernel'], world: 'vmnet', row: 'host-network', note: 'system calls of sockets and what they call',
      frame: '__x64_sys_send* | __x64_sys_recv* | __sys_send* | __sys_recv* | sock_* | __sock_* | tcp_* | udp_* | ip_* | __dev_queue_xmit* | net_rx_action* | __netif_receive_skb*',
    },
    { mode: ['host-kernel'], outside: ['vmnet', 'host-irq', 'guest-idle'], world: 'host-kernel', row: 'host-kernel' },
    { frame: kernelEntries, outside: ['vmnet', 'host-irq', 'guest-idle'], world: 'host-kernel', row: 'host-kernel', note: 'the same without modules' },
    { thread: 'kworker/* | rcu_* | migration/* | kdamond* | kswapd* | kcompactd*', world: 'host-kernel', row: 'host-kernel', note: 'the kernel\'s own threads' },
    { thread: '*', idle: false, world: 'unclassified', row: 'host-user', note: 'programs' },
  ],
}
