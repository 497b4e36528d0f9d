import type { Clock } from './clock'
import type { CostValues } from './costs/sheet'
import type { Counts } from './counts'
import { Fn } from './functions'
import type { Kernel } from './guest/kernel'
import type { NetDriver, Platform } from './guest/platform'
import type { Tcp } from './guest/tcp'
import { HostLine } from './host/lines'
import type { HostNic } from './host/nic'
import { MachineEvent, Probe } from './observer'
import type { Probes } from './probes'

/**
 * The bare PC: the guest's kernel and program on the same hardware, with the host's NIC driver in place of
 * pcnet32. Privileged instructions and page table switches are in the native path lengths already.
 */
export class Native implements Platform, NetDriver {
  private readonly context: number
  private readonly idleStack: number
  private handled = 0
  private halted = false

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly counts: Counts,
    private readonly probes: Probes, private readonly kernel: Kernel, private readonly tcp: Tcp,
    private readonly nic: HostNic,
  ) {
    this.context = clock.books.call(0, Fn.Host)
    this.idleStack = clock.books.call(this.context, Fn.Halted)
  }

  privileged(): void {}
  lockInterrupts(): void {}
  unlockInterrupts(): void {}
  transition(): void {}
  switchPageTable(): void {}

  halt(): void {
    this.counts.halts++
    const before = this.handled
    this.probes.begin()
    this.halted = true
    while (this.handled === before) this.clock.runUntilDue(this.idleStack)
  }

  startXmit(packet: number): boolean {
    this.clock.recorder?.happened(MachineEvent.DriverTakes, packet)
    this.clock.run(Fn.EeproStartXmit, this.cost.nicStartTransmit)
    this.nic.transmit()
    this.counts.packetsSent++
    return true // the ring of 32 is longer than the window
  }

  interrupt(): void {
    const { clock } = this
    const from = clock.context
    const start = clock.now
    const before = clock.interruptCycles
    clock.interruptible = false
    if (this.halted) this.probes.end(Probe.GuestIdle)
    this.halted = false
    clock.context = this.context
    this.handled++
    this.counts.hostIrqsInHost++
    while (clock.pending !== 0) {
      const lines = clock.pending
      clock.pending = 0
      if (lines & HostLine.Timer) this.timer()
      if (lines & HostLine.Nic) this.nicInterrupt()
      if (lines & HostLine.Profiler) {
        clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Profiler)
        clock.run(Fn.SamplerInterrupt, this.cost.samplerInterrupt)
        clock.sampleTaken()
      }
    }
    clock.allowInterrupts()
    this.kernel.runBottomHalves()
    clock.context = from
    clock.interruptCycles = before + clock.now - start
  }

  private timer(): void {
    this.clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Timer)
    this.counts.hostTimerIrqs++
    this.clock.run(Fn.NativeTimer, this.cost.hostTimer)
    this.tcp.tick()
  }

  private nicInterrupt(): void {
    this.clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Nic)
    this.counts.hostNicIrqs++
    const frames = this.nic.takeReceived()
    this.clock.run(Fn.EeproInterrupt,
      this.cost.nicHandler + this.nic.reap() * this.cost.nicReap + frames * this.cost.nicReceive)
    if (frames === 0) return
    this.clock.recorder?.happened(MachineEvent.NicHandled, this.tcp.received + frames)
    this.tcp.received += frames
    this.kernel.markBottomHalf()
  }
}
