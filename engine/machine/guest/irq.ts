import type { Counts } from '../counts'
import type { Kernel } from './kernel'
import type { Pcnet32 } from './pcnet32'

/** The 8259A ports as the kernel reaches them. */
export interface PicPorts {
  outPic(port: number, value: number): void
  inPic(port: number): number
}

/** Interrupt flag of the guest's (virtual) CPU. */
export interface InterruptFlag {
  set(on: boolean): void
}

export const timerIrq = 0
/** A PCI interrupt on the slave controller, as the BIOS of the virtual PC assigns it. */
export const lanceIrq = 10

/**
 * The guest's interrupt dispatch, Linux 2.2.17 arch/i386/kernel/irq.c: mask_and_ack_8259A before the handler,
 * enable_8259A_irq after it. A line of the slave takes 5 accesses (dummy IN, mask, specific EOI of the slave and
 * of the cascade, unmask), one of the master 4.
 */
export class Interrupts {
  private maskMaster = 0xff & ~(1 << timerIrq) & ~(1 << 2)
  private maskSlave = 0xff & ~(1 << (lanceIrq - 8))

  constructor(
    private readonly counts: Counts, private readonly ports: PicPorts, private readonly flag: InterruptFlag,
    private readonly kernel: Kernel, private readonly pcnet: Pcnet32, private readonly onTick: () => void,
  ) {}

  /** init_8259A, at boot: the words that the chips need and the masks. */
  initialise(write: (port: number, value: number) => void): void {
    for (const [port, base] of [[0x20, 0x20], [0xa0, 0x28]] as const) {
      write(port, 0x11)
      write(port + 1, base)
      write(port + 1, port === 0x20 ? 4 : 2)
      write(port + 1, 1)
    }
    write(0x21, this.maskMaster)
    write(0xa1, this.maskSlave)
  }

  /** The CPU has taken interrupt `irq` with its interrupt flag off. */
  dispatch(irq: number): void {
    this.kernel.interrupt(() => {
      this.maskAndAcknowledge(irq)
      this.flag.set(true) // handle_IRQ_event: __sti() unless SA_INTERRUPT; this line stays masked
      if (irq === timerIrq) {
        this.counts.timerIrqs++
        this.kernel.timerTick()
        this.onTick()
      } else {
        this.counts.lanceIrqs++
        this.pcnet.interrupt()
      }
      this.flag.set(false)
      this.unmask(irq)
      this.flag.set(true) // bottom halves run with interrupts on
    })
    this.flag.set(false)
  }

  private maskAndAcknowledge(irq: number): void {
    if (irq >= 8) {
      this.maskSlave |= 1 << (irq - 8)
      this.ports.inPic(0xa1) // delay, result unused
      this.ports.outPic(0xa1, this.maskSlave)
      this.ports.outPic(0xa0, 0x60 + (irq & 7))
      this.ports.outPic(0x20, 0x62)
    } else {
      this.maskMaster |= 1 << irq
      this.ports.inPic(0x21)
      this.ports.outPic(0x21, this.maskMaster)
      this.ports.outPic(0x20, 0x60 + irq)
    }
  }

  private unmask(irq: number): void {
    if (irq >= 8) {
      this.maskSlave &= ~(1 << (irq - 8))
      this.ports.outPic(0xa1, this.maskSlave)
    } else {
      this.maskMaster &= ~(1 << irq)
      this.ports.outPic(0x21, this.maskMaster)
    }
  }
}
