import { World } from '../../worlds'

/**
 * A first classification of real stacks into worlds, for QEMU as the hosted monitor (its vCPU threads run the guest,
 * its main thread is the VMApp). A stack is read from its root to its leaf; the first rule that matches a frame sets
 * the world of this frame and of what it calls, until another rule matches deeper down.
 */
export interface Rule {
  world: World
  /** Name of the thread. */
  comm?: RegExp
  frame?: RegExp
  module?: RegExp
  /** Not where the caller is already in one of these worlds. */
  unless?: readonly World[]
}

const vcpu = /^CPU \d+\/(?:TCG|KVM|HVF|XEN)$/
const kernel = /^\[(?!unknown|vdso|vsyscall|heap|stack|anon|guest|kvm)[\w.-]+\]|vmlinux|\.ko(?:\.[gx]z)?$/
const deviceModel = /^(?:pcnet|e1000|rtl8139|ne2000|eepro100|vmxnet3|virtio_net)_/
const hostNetwork = [World.VmNet, World.HostIrq] as const

export const firstRules: readonly Rule[] = [
  // a guest sample of `perf kvm`: its kernel's symbols carry their own map
  { world: World.Guest, module: /^\[guest\.kernel/ },
  // translated guest code: QEMU's JIT writes no symbols, perf names its map file
  { world: World.Guest, comm: vcpu, module: /(?:^|\/)perf-\d+\.map$/ },
  // interrupts of the host, wherever they land
  {
    world: World.HostIrq, module: kernel,
    frame: /^(?:asm_)?(?:sysvec_|common_interrupt|do_IRQ|smp_apic_|apic_timer_interrupt|irq_enter)/,
  },
  {
    world: World.HostIrq, module: kernel,
    frame: /^(?:__irq_exit|irq_exit|handle_irq|__handle_irq|ret_from_intr|nmi|asm_exc_nmi)/,
  },
  // a softirq raised by the sender itself is the network's work; any other is an interrupt's
  {
    world: World.HostIrq, module: kernel,
    frame: /^(?:do_softirq|__do_softirq|handle_softirqs|run_ksoftirqd)/, unless: hostNetwork,
  },
  { world: World.HostIrq, comm: /^(?:ksoftirqd|irq)\// },
  // waiting: the halted virtual CPU, and the host's own idle task
  {
    world: World.GuestIdle, comm: vcpu,
    frame: /^(?:kvm_vcpu_(?:block|halt)|kvm_emulate_halt|qemu_wait_io_event|rr_wait_io_event)/,
  },
  { world: World.GuestIdle, comm: /^swapper/, unless: hostNetwork },
  // the model of the virtual network card, also where the network hands it a frame
  { world: World.Vmm, comm: vcpu, frame: deviceModel },
  { world: World.VmApp, comm: /^qemu/, frame: deviceModel },
  // from the device to the host's network: user-mode stack, tap, vhost
  { world: World.VmNet, module: /libslirp/, unless: hostNetwork },
  {
    world: World.VmNet,
    frame: /^(?:net_slirp_|slirp_|tap_|tun_|vhost_|qemu_net_queue_send|qemu_deliver_packet)/, unless: hostNetwork,
  },
  {
    world: World.VmNet, comm: /^(?:CPU \d|qemu)/,
    frame: /^(?:__(?:x64_sys_)?)?(?:send|recv)(?:to|from|m?msg)?$/, unless: hostNetwork,
  },
  { world: World.VmNet, comm: /^vhost-\d+/, unless: hostNetwork },
  // the kernel's half of the monitor
  { world: World.Vmm, module: /^\[kvm(?:_intel|_amd)?\]/, unless: [World.HostIrq, World.GuestIdle] },
  {
    world: World.HostKernel, module: kernel,
    frame: /^(?:entry_SYSCALL|do_syscall|asm_exc_|exc_|ret_from_fork)/,
    unless: [World.VmNet, World.HostIrq, World.GuestIdle],
  },
  { world: World.HostKernel, module: kernel, unless: [World.VmNet, World.HostIrq, World.GuestIdle, World.Vmm] },
  // the rest of QEMU: what a vCPU thread does is the monitor's, what its main and worker threads do the VMApp's
  { world: World.Vmm, comm: vcpu, module: /qemu/, unless: [World.VmNet, World.GuestIdle] },
  { world: World.Vmm, comm: vcpu, module: /^$/, unless: [World.VmNet, World.GuestIdle, World.HostIrq] },
  { world: World.VmApp, comm: /^(?:qemu|kvm$|vmx|IO mon_iothread|worker$)/, unless: hostNetwork },
]

/** Applies rules frame by frame; what it has decided once for a frame, caller's world and thread it looks up. */
export class Classifier {
  private readonly known = new Map<string, Map<number, World>>()

  constructor(private readonly rules: readonly Rule[]) {}

  /** The world of a thread's root frame. */
  ofThread(comm: string): World {
    return this.decide(comm, comm, '', World.Unclassified)
  }

  /** The world of a frame whose caller is in world `above`. `id` identifies the frame. */
  ofFrame(comm: string, id: number, name: string, module: string, above: World): World {
    let ofComm = this.known.get(comm)
    if (!ofComm) this.known.set(comm, ofComm = new Map())
    const key = id * 16 + above
    let world = ofComm.get(key)
    if (world === undefined) ofComm.set(key, world = this.decide(comm, name, module, above))
    return world
  }

  private decide(comm: string, name: string, module: string, above: World): World {
    for (const rule of this.rules) {
      if (rule.unless?.includes(above)) continue
      if (rule.comm && !rule.comm.test(comm)) continue
      if (rule.frame && !rule.frame.test(name)) continue
      if (rule.module && !rule.module.test(module)) continue
      return rule.world
    }
    return above
  }
}
