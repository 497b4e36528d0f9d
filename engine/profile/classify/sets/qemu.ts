import type { Rule } from '../rule'
import { kernelEntries } from './interrupts'

/** What both of QEMU's rule sets know of its code: network cards, network back ends and its threads. */

export const monitorThreads = 'qemu* | kvm | vmx | worker | IO * | call_rcu | pool-*'

const transmit = { world: 'vmnet', row: 'vmnet-transmit' }
const receive = { world: 'vmnet', row: 'vmnet-receive' }
const sending = 'send | __send | sendto | __sendto | __libc_send | __libc_sendto | sendmsg | __sendmsg | __libc_sendmsg | sendmmsg | __sendmmsg | __x64_sys_send* | __sys_send*'
const receiving = 'recv | __recv | recvfrom | __recvfrom | __libc_recv | __libc_recvfrom | recvmsg | __recvmsg | __libc_recvmsg | recvmmsg | __x64_sys_recv* | __sys_recv*'

/** Models of network cards (QEMU's hw/net); `world`: where the set has device models run. */
export function cardModels(thread: string, world: string): Rule[] {
  return [
    {
      thread, world, row: 'lance-transmit-path', note: 'the card takes frames from its transmit ring',
      frame: 'pcnet_transmit* | pcnet_tdte_poll* | pcnet_poll_timer* | pcnet_poll | start_xmit* | process_tx_desc* | xmit_seg* | e1000_send_packet* | set_tctl* | e1000e_start_xmit* | igb_start_xmit* | virtio_net_flush_tx* | virtio_net_handle_tx* | virtio_net_tx_* | rtl8139_transmit* | rtl8139_cplus_transmit* | vmxnet3_process_tx_queue* | vmxnet3_send_packet* | net_tx_pkt_*',
    },
    {
      thread, world, row: 'lance-receive-path', note: 'the card places frames in its receive ring',
      frame: 'pcnet_receive* | pcnet_rdte_poll* | e1000_receive* | e1000e_receive* | igb_receive* | virtio_net_receive* | rtl8139_receive* | rtl8139_do_receive* | vmxnet3_receive* | ne2000_receive* | net_rx_pkt_*',
    },
    {
      thread, world, row: 'lance-emulation-vmapp', note: 'the card\'s registers, and the rest of its model',
      frame: 'pcnet_* | e1000_* | e1000e_* | e1000x_* | igb_* | rtl8139_* | ne2000_* | eepro100_* | vmxnet3_* | virtio_net_* | mac_readreg* | mac_writereg* | set_interrupt_cause* | set_ics* | set_icr* | set_imc* | set_ims*',
    },
  ]
}

/** From the card to the host's network and back: user-mode stack, tap, and the queue between. */
export function networkBackEnds(vcpu: string): Rule[] {
  const thread = `${vcpu} | ${monitorThreads}`
  return [
    { thread, frame: 'net_slirp_send_packet* | tap_send* | tap_read_packet* | tun_chr_read* | tun_do_read* | tun_recvmsg* | slirp_pollfds_poll*', ...receive, note: 'towards the guest' },
    { thread, frame: 'net_slirp_receive* | tap_receive* | tap_write_packet* | tun_chr_write* | tun_get_user* | tun_sendmsg* | slirp_input*', ...transmit, note: 'towards the host\'s network' },
    { thread, frame: 'net_slirp_* | slirp_* | tap_* | tun_* | vhost_* | qemu_net_queue_send* | qemu_deliver_packet* | qemu_send_packet* | qemu_sendv_packet*', outside: ['vmnet', 'host-irq'], ...transmit },
    { thread: vcpu, module: '*libslirp*', outside: ['vmnet', 'host-irq'], ...transmit, note: 'in a virtual CPU\'s thread the user-mode stack works for a frame that was sent' },
    { thread, module: '*libslirp*', outside: ['vmnet', 'host-irq'], ...receive, note: 'in the main loop it looks for what has come' },
    { thread: vcpu, frame: '[libslirp*', outside: ['vmnet', 'host-irq'], ...transmit, note: 'the same in folded stacks, which name modules as frames' },
    { thread, frame: '[libslirp*', outside: ['vmnet', 'host-irq'], ...receive },
    { thread, frame: sending, outside: ['vmnet', 'host-irq'], ...transmit },
    { thread, frame: receiving, outside: ['vmnet', 'host-irq'], ...receive },
  ]
}

/** Everything that is not the virtual machine's. */
export const restOfHost: readonly Rule[] = [
  { idle: true, world: 'guest-idle', row: 'host-idle', note: 'nothing ran on this processor' },
  { mode: ['host-kernel'], thread: monitorThreads, outside: ['vmnet', 'host-irq', 'guest-idle', 'vmm', 'world-switch'], world: 'host-kernel', row: 'caller', note: 'system calls of the monitor\'s process' },
  { frame: kernelEntries, thread: monitorThreads, outside: ['vmnet', 'host-irq', 'guest-idle', 'vmm', 'world-switch'], world: 'host-kernel', row: 'caller', note: 'the same without modules' },
  { thread: monitorThreads, world: 'vmapp', row: 'vmapp-other' },
]

export const otherPrograms: readonly Rule[] = [
  { mode: ['host-kernel'], idle: false, inside: ['unclassified'], world: 'host-kernel', row: 'host-kernel', note: 'the kernel, for others than the virtual machine' },
  { frame: kernelEntries, idle: false, inside: ['unclassified'], world: 'host-kernel', row: 'host-kernel', note: 'the same without modules' },
  { thread: 'kworker/* | rcu_* | migration/* | kdamond* | kswapd* | kcompactd* | ktimers/* | rcuc/* | rcuop/*', world: 'host-kernel', row: 'host-kernel', note: 'the kernel\'s own threads' },
  { thread: '*', idle: false, world: 'unclassified', row: 'host-user', note: 'other programs: no world of the virtual machine, but known to be none of it' },
]
