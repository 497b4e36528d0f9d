import type { Rule, RuleSet } from '../rule'
import { hostInterrupts, vcpuInterrupts } from './interrupts'
import { cardModels, monitorThreads, networkBackEnds, otherPrograms, restOfHost } from './qemu'

const vcpu = 'CPU*/KVM'
const inKvm = (row: string, frame: string, note?: string): Rule => ({ mode: ['host-kernel'], frame, world: 'vmm', row, ...(note ? { note } : {}) })

/**
 * QEMU with KVM on x86, virtio or an emulated card, vhost or tap. Function names of Linux 5 and 6. Written from the
 * documented formats and the kernel's sources, and tested on synthetic samples only: not yet tried on a real KVM host.
 */
export const qemuKvm: RuleSet = {
  id: 'qemu-kvm',
  name: 'QEMU with KVM, vhost or tap',
  about: 'VMM time is what happens between KVM_RUN and its return: guest code, KVM\'s handling of exits, halting and polling in the kernel, and host interrupts that land there. QEMU\'s own work in the virtual CPU\'s thread, vhost and tap are outside, as VMApp and VMNet are in the paper. A halted guest mostly gives its processor away: that time is "host idle" and outside too, where the paper\'s VMM kept it. Not yet tried on a real KVM host.',
  rules: [
    { mode: ['guest-kernel', 'guest-user', 'guest'], world: 'guest', row: 'direct-execution', note: 'perf kvm says so of the sample' },
    { module: '[guest.kernel*', world: 'guest', row: 'direct-execution' },
    { mode: ['hypervisor'], world: 'vmm', row: 'vmm-other', note: 'a hypervisor below this host' },
    ...vcpuInterrupts(vcpu),
    { mode: ['host-kernel'], frame: 'tun_net_xmit* | vhost_poll_wakeup*', inside: ['host-irq'], world: 'vmnet', row: 'vmnet-receive', note: 'a softirq of the host hands the guest a frame' },
    ...hostInterrupts,
    { thread: 'vhost-*', frame: 'handle_tx* | vhost_tx_*', world: 'vmnet', row: 'vmnet-transmit' },
    { thread: 'vhost-*', frame: 'handle_rx* | vhost_net_rx* | vhost_rx_*', world: 'vmnet', row: 'vmnet-receive' },
    { thread: 'vhost-*', world: 'vmnet', row: 'vmnet-other' },
    { frame: 'kvm_vcpu_block* | kvm_vcpu_halt* | kvm_vcpu_check_block*', world: 'guest-idle', row: 'guest-idle', note: 'the guest has halted: KVM polls, then sleeps' },
    inKvm('halt-emulation', 'kvm_emulate_halt* | handle_halt* | hlt_interception* | kvm_emulate_mwait* | handle_mwait*'),
    inKvm('guest-context-switch', 'handle_cr* | cr_interception* | kvm_set_cr3* | kvm_mmu_new_pgd*'),
    inKvm('pic-access', 'kvm_pic_* | picdev_* | pic_ioport_* | ioapic_mmio_* | apic_mmio_* | handle_apic_* | avic_unaccelerated_access* | kvm_lapic_reg_* | kvm_x2apic_* | kvm_apic_write_*'),
    inKvm('guest-irq-overhead', 'kvm_inject_* | inject_pending_event* | kvm_check_and_inject_events* | vmx_inject_* | svm_inject_* | vmx_deliver_* | svm_deliver_* | kvm_apic_* | apic_set_* | __apic_accept_irq* | kvm_set_irq* | kvm_set_msi* | kvm_irq_delivery_to_apic* | kvm_arch_set_irq* | kvm_vcpu_kick* | kvm_vcpu_wake_up* | irqfd_* | handle_interrupt_window* | interrupt_window_interception* | kvm_cpu_has_* | kvm_cpu_get_interrupt* | vmx_sync_pir_to_irr* | kvm_lapic_find_highest_irr* | handle_eoi_induced* | kvm_send_ipi*'),
    inKvm('privileged-instruction', 'kvm_emulate_rdmsr* | kvm_emulate_wrmsr* | kvm_emulate_cpuid* | handle_cpuid* | cpuid_interception* | msr_interception* | handle_desc* | handle_rdtsc* | handle_invlpg* | handle_exception_nmi* | x86_emulate_instruction* | handle_preemption_timer* | handle_fastpath_*'),
    inKvm('device-access', 'handle_io* | io_interception* | kvm_fast_pio* | complete_fast_pio* | kernel_pio* | emulator_pio_* | kvm_io_bus_* | ioeventfd_write* | handle_ept_misconfig* | handle_mmio_page_fault* | vcpu_mmio_* | emulator_read_write*', 'ports, device memory, and the doorbells of vhost'),
    inKvm('memory-virtualization', 'handle_ept_violation* | npf_interception* | kvm_mmu_page_fault* | kvm_tdp_page_fault* | direct_page_fault* | kvm_tdp_mmu_* | kvm_mmu_* | tdp_mmu_*'),
    inKvm('virtualization-transition', '__vmx_vcpu_run* | vmx_vcpu_run* | vmx_vcpu_enter_exit* | __svm_vcpu_run* | svm_vcpu_run* | svm_vcpu_enter_exit*', 'into the guest and out of it'),
    { mode: ['host-kernel'], frame: 'vmx_prepare_switch* | svm_prepare_switch* | kvm_load_guest_* | kvm_load_host_* | kvm_put_guest_* | vmx_vcpu_load* | vmx_vcpu_put* | svm_vcpu_load* | svm_vcpu_put* | kvm_arch_vcpu_load* | kvm_arch_vcpu_put* | kvm_sched_*', world: 'world-switch', row: 'virtualization-transition', note: 'the processor\'s state, the guest\'s for the host\'s' },
    inKvm('vmm-other', 'kvm_arch_vcpu_ioctl_run* | vcpu_run* | vcpu_enter_guest*', 'from KVM_RUN on it is the VMM\'s'),
    { module: '[kvm] | [kvm_intel] | [kvm_amd]', outside: ['host-irq', 'guest-idle', 'vmnet', 'vmm', 'world-switch'], world: 'vmm', row: 'vmm-other' },
    ...networkBackEnds(vcpu),
    ...cardModels(`${vcpu} | ${monitorThreads}`, 'vmapp'),
    { thread: vcpu, mode: ['host-kernel'], outside: ['vmnet', 'host-irq', 'guest-idle', 'vmm', 'world-switch', 'guest'], world: 'host-kernel', row: 'caller', note: 'system calls of the virtual CPU\'s thread' },
    { thread: vcpu, world: 'vmapp', row: 'vmapp-other', note: 'QEMU itself, between two KVM_RUN' },
    ...restOfHost,
    ...otherPrograms,
  ],
}
