/**
 * The virtual interrupt controllers: a pair of 8259A, the slave on line 2 of the master, at register level.
 * Source: Intel 8259A data sheet; the way Linux 2.2.17 drives it in arch/i386/kernel/irq.c.
 * A line is edge triggered unless `setLevelTriggered` says so (PCI interrupts, the ELCR of the chip set).
 */
class Chip {
  mask = 0xff
  requested = 0
  inService = 0
  lines = 0
  levelTriggered = 0
  private readInService = false
  private initWords = 0

  setLine(irq: number, level: boolean): void {
    const bit = 1 << irq
    if (level) {
      if (!(this.lines & bit) || this.levelTriggered & bit) this.requested |= bit
      this.lines |= bit
    } else {
      this.lines &= ~bit
      if (this.levelTriggered & bit) this.requested &= ~bit
    }
  }

  /** Highest unmasked request that is above what is in service; -1: none. */
  pendingIrq(): number {
    const wanted = this.requested & ~this.mask
    if (wanted === 0) return -1
    const irq = 31 - Math.clz32(wanted & -wanted)
    const served = this.inService === 0 ? 8 : 31 - Math.clz32(this.inService & -this.inService)
    return irq < served ? irq : -1
  }

  waiting(): number {
    return this.requested & ~this.inService
  }

  acknowledge(irq: number): void {
    const bit = 1 << irq
    this.inService |= bit
    if (!(this.levelTriggered & bit)) this.requested &= ~bit
  }

  write(address: number, value: number): void {
    if (address === 0) this.command(value)
    else if (this.initWords > 0) this.initWords--
    else this.mask = value & 0xff
  }

  read(address: number): number {
    if (address === 1) return this.mask
    return this.readInService ? this.inService : this.requested
  }

  private command(value: number): void {
    if (value & 0x10) { // ICW1: forget everything, two or three words follow
      this.mask = 0
      this.inService = 0
      this.requested = 0
      this.initWords = 2 + (value & 1)
    } else if (value & 0x08) { // OCW3: what the next read gives
      if (value & 0x02) this.readInService = (value & 1) === 1
    } else if (value & 0x20) { // OCW2: end of interrupt
      if (value & 0x40) this.inService &= ~(1 << (value & 7))
      else this.inService &= this.inService - 1
      this.requested |= this.lines & this.levelTriggered
    }
  }
}

const cascade = 2

export class Pic {
  readonly master = new Chip()
  readonly slave = new Chip()

  /** Drives a line (0..15). */
  setLine(irq: number, level: boolean): void {
    if (irq < 8) this.master.setLine(irq, level)
    else this.slave.setLine(irq - 8, level)
    this.updateCascade()
  }

  setLevelTriggered(irq: number): void {
    if (irq < 8) this.master.levelTriggered |= 1 << irq
    else this.slave.levelTriggered |= 1 << (irq - 8)
  }

  /** The interrupt that the CPU would take now, 0..15, or -1. */
  pendingIrq(): number {
    const irq = this.master.pendingIrq()
    if (irq !== cascade) return irq
    const behind = this.slave.pendingIrq()
    return behind < 0 ? -1 : behind + 8
  }

  /** The CPU takes it: the pair of acknowledge cycles. */
  acknowledge(irq: number): void {
    if (irq >= 8) {
      this.master.acknowledge(cascade)
      this.slave.acknowledge(irq - 8)
    } else this.master.acknowledge(irq)
    this.updateCascade()
  }

  /** Ports 0x20, 0x21 (master) and 0xA0, 0xA1 (slave). */
  write(port: number, value: number): void {
    const chip = port & 0x80 ? this.slave : this.master
    chip.write(port & 1, value)
    this.updateCascade()
  }

  read(port: number): number {
    return (port & 0x80 ? this.slave : this.master).read(port & 1)
  }

  /** How many lines are asked for and not in service, masked ones too; the cascade is none. */
  requests(): number {
    const wanted = (this.master.waiting() & ~(1 << cascade)) | (this.slave.waiting() << 8)
    let n = 0
    for (let bits = wanted; bits !== 0; bits &= bits - 1) n++
    return n
  }

  private updateCascade(): void {
    // The slave's output is a level: it stays up while the slave has something to deliver.
    const level = this.slave.pendingIrq() >= 0
    if (level) this.master.requested |= 1 << cascade
    else this.master.requested &= ~(1 << cascade)
  }
}
