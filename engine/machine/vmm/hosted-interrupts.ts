import type { Interruptible } from '../clock'
import type { HostKernel } from '../host/kernel'
import type { VmDriver } from '../host/vmdriver'
import type { Monitor } from './monitor'

/** The host's interrupts go to the world that the CPU is in: the VMM gives the CPU back for them. */
export class HostedInterrupts implements Interruptible {
  constructor(private readonly vmDriver: VmDriver, private readonly monitor: Monitor, private readonly hostKernel: HostKernel) {}

  interrupt(): void {
    if (this.vmDriver.inVmm) this.monitor.hostInterrupt()
    else this.hostKernel.interrupt()
  }
}
