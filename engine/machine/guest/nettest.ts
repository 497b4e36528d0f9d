import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import { Fn } from '../functions'
import { MachineEvent } from '../observer'
import type { Kernel } from './kernel'
import type { Tcp } from './tcp'
import { zeroCycles } from '../one-shape'

/**
 * The workload of the paper's section 3.1: one TCP connection; copies a number of bytes with send() or recv()
 * calls of one size from or to one buffer in memory, then closes.
 */
export class Nettest {
  bytesDone = 0
  startedAt = zeroCycles
  endedAt = zeroCycles
  private phase: 'connect' | 'transfer' | 'close' | 'done' = 'connect'

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly kernel: Kernel,
    private readonly tcp: Tcp, private readonly context: number,
    private readonly direction: 'send' | 'receive', private readonly callBytes: number, private readonly bytes: number,
  ) {}

  /** One call of the program; true when it has ended. Between calls no simulated call is open. */
  step(): boolean {
    this.clock.context = this.context
    switch (this.phase) {
      case 'connect':
        this.startedAt = this.clock.now
        this.tcp.connect()
        this.phase = 'transfer'
        return false
      case 'transfer':
        this.transfer()
        if (this.bytesDone === this.bytes) this.phase = 'close'
        return false
      case 'close':
        this.tcp.close()
        this.endedAt = this.clock.now
        this.phase = 'done'
        return true
      case 'done':
        return true
    }
  }

  private transfer(): void {
    this.clock.runHere(this.cost.guestSendLoop)
    const from = this.clock.enter(this.direction === 'send' ? Fn.Send : Fn.Recv)
    if (this.direction === 'send') this.clock.recorder?.happened(MachineEvent.Send, 0)
    this.kernel.platform.transition(1)
    this.clock.runHere(this.cost.guestSystemCall)
    const now = Math.min(this.callBytes, this.bytes - this.bytesDone)
    if (this.direction === 'send') {
      this.tcp.send(now)
      this.bytesDone += now
    } else this.bytesDone += this.tcp.receive(now, this.bytes)
    this.kernel.platform.privileged(2) // sti on entry, iret on return
    this.kernel.platform.transition(1)
    this.clock.leave(from)
    if (this.direction === 'receive') this.clock.recorder?.happened(MachineEvent.Received, this.tcp.delivered)
  }
}
