import type { Rule, RuleSet } from '../rule'
import { hostInterrupts, kernelEntries, vcpuInterrupts } from './interrupts'
import { cardModels, monitorThreads, networkBackEnds, otherPrograms, restOfHost } from './qemu'

const vcpu = 'CPU*/TCG | CPU*/HVF | CPU*/XEN'
const onVcpu = (row: string, frame: string, note?: string): Rule => ({ thread: vcpu, frame, world: 'vmm', row, ...(note ? { note } : {}) })

/** QEMU as translator and device model. Function names of QEMU 5 to 9 on an x86 host, guest x86. */
export const qemuTcg: RuleSet = {
  id: 'qemu-tcg',
  name: 'QEMU without KVM (TCG)',
  about: 'VMM time is the time of the virtual CPUs\' threads (CPU n/TCG), less what they spend in the network card\'s model and in VMNet: those have rows of total time, as the paper\'s VMApp has. QEMU translates guest code, so "not requiring virtualization" is translated code here, and the software TLB and the translator have rows that the paper lacks.',
  rules: [
    ...vcpuInterrupts(vcpu),
    ...hostInterrupts,
    { thread: vcpu, frame: 'qemu_wait_io_event* | rr_wait_io_event* | qemu_tcg_wait_io_event* | mttcg_wait*', world: 'guest-idle', row: 'guest-idle', note: 'the guest has halted' },
    ...networkBackEnds(vcpu),
    onVcpu('guest-irq-overhead', 'pcnet_update_irq* | set_interrupt_cause* | qemu_set_irq* | pic_set_irq* | pic_update_irq* | pic_irq_request* | gsi_handler* | pci_set_irq* | pci_irq_handler* | pci_change_irq_level* | piix*_set_irq* | ioapic_set_irq* | ioapic_service* | apic_set_irq* | apic_update_irq* | apic_local_deliver* | apic_bus_deliver* | apic_deliver* | msi_notify* | msix_notify* | virtio_notify* | virtio_irq* | cpu_interrupt* | tcg_handle_interrupt* | generic_handle_interrupt* | x86_cpu_exec_interrupt* | cpu_handle_interrupt* | do_interrupt* | x86_cpu_do_interrupt* | cpu_get_pic_interrupt* | apic_get_interrupt* | pic_read_irq* | helper_iret*', 'raising, delivering and returning from virtual interrupts'),
    ...cardModels(vcpu, 'vmm'),
    ...cardModels(monitorThreads, 'vmapp'),
    onVcpu('pic-access', 'pic_ioport_* | pic_poll_* | elcr_ioport_* | apic_mem_* | ioapic_mem_* | apic_register_*'),
    onVcpu('guest-context-switch', 'helper_write_cr* | helper_set_cr* | cpu_x86_update_cr*', 'CR3 and the other control registers, with the flushes that follow'),
    onVcpu('halt-emulation', 'helper_hlt* | do_hlt* | helper_mwait* | helper_monitor* | helper_pause*'),
    onVcpu('device-access', 'helper_inb | helper_inw | helper_inl | helper_outb | helper_outw | helper_outl | io_readx* | io_writex* | do_ld_mmio* | do_st_mmio* | int_ld_mmio* | int_st_mmio*'),
    onVcpu('translation', 'tb_gen_code* | setjmp_gen_code* | gen_intermediate_code* | translator_loop* | tcg_gen_* | tcg_optimize* | tcg_out_* | tb_link_page* | tb_flush* | tb_phys_invalidate* | tb_invalidate_*'),
    onVcpu('memory-virtualization', 'x86_cpu_tlb_fill* | mmu_translate* | ptw_translate* | probe_access* | tlb_set_page* | tlb_fill* | tlb_flush* | tcg_flush_jmp_cache* | victim_tlb_hit* | mmu_lookup* | get_page_addr_code* | get_physical_address* | helper_ld*_mmu | helper_st*_mmu | helper_le_*_mmu | helper_be_*_mmu | helper_ret_*_mmu | full_*_mmu | load_helper* | store_helper* | cpu_ld*_mmu* | cpu_st*_mmu* | cpu_ld*_data* | cpu_st*_data* | do_ld*_mmu* | do_st*_mmu* | notdirty_write*'),
    onVcpu('virtualization-transition', 'helper_lookup_tb_ptr* | tb_lookup* | tb_htable_lookup* | qht_lookup* | cpu_tb_exec* | cpu_exec | cpu_exec_loop* | cpu_exec_setjmp* | cpu_exec_enter* | cpu_exec_exit* | cpu_exec_step* | cpu_loop_exec_tb* | x86_cpu_exec_enter* | x86_cpu_exec_exit* | helper_syscall* | helper_sysret* | helper_sysenter* | helper_sysexit* | raise_exception* | raise_interrupt*', 'from block to block and from ring to ring'),
    onVcpu('privileged-instruction', 'helper_cli* | helper_sti* | helper_read_eflags* | helper_write_eflags* | helper_rdmsr* | helper_wrmsr* | helper_cpuid* | helper_rdtsc* | helper_rdpmc* | helper_invlpg* | helper_lgdt* | helper_lidt* | helper_load_seg* | helper_lldt* | helper_ltr* | helper_read_cr* | helper_svm_* | helper_clts* | helper_vm* | helper_ljmp_protected* | helper_lcall_protected* | helper_lret_protected*'),
    { thread: vcpu, frame: 'helper_*', world: 'guest', row: 'direct-execution', note: 'instructions of the guest that need no virtualization, but a C function of the translator' },
    { ...onVcpu('device-access', 'address_space_st* | address_space_ld*', 'the port access itself, called by translated code'), inside: ['guest'] },
    { thread: vcpu, module: '*perf-*.map', world: 'guest', row: 'direct-execution', note: 'translated guest code: QEMU\'s JIT writes no symbols, perf names its map file' },
    { thread: vcpu, frame: '[perf-*.map]', world: 'guest', row: 'direct-execution', note: 'the same in folded stacks' },
    { thread: vcpu, mode: ['host-kernel'], inside: ['guest'], world: 'host-kernel', row: 'vmm-other', note: 'page faults of translated code' },
    { thread: vcpu, mode: ['host-user'], inside: ['guest'], world: 'vmm', row: 'vmm-other', note: 'called by translated code, and not named above' },
    { thread: vcpu, mode: ['host-kernel'], outside: ['vmnet', 'host-irq', 'guest-idle'], world: 'host-kernel', row: 'caller', note: 'system calls of the virtual CPU\'s thread belong to what made them' },
    { thread: vcpu, frame: kernelEntries, outside: ['vmnet', 'host-irq', 'guest-idle'], world: 'host-kernel', row: 'caller', note: 'the same without modules' },
    { thread: vcpu, world: 'vmm', row: 'vmm-other', note: 'whatever else a virtual CPU\'s thread does' },
    ...restOfHost,
    ...otherPrograms,
  ],
}
