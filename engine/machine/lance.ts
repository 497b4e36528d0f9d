/**
 * The virtual Ethernet card: an AMD Lance of the PCnet-PCI family (Am79C970A), at register level.
 * Registers are reached through an address register (RAP) and two data ports (RDP for CSRs, BDP for BCRs).
 * Descriptors live in guest memory, 16 bytes each (software style 2, the one that pcnet32 selects):
 * word 0 the buffer's address, word 1 status (high half) and two's complement of the length, word 2 message length.
 * Sources: Am79C970A data sheet; register names as in Linux 2.2.17 drivers/net/pcnet32.c.
 */
export const Csr0 = {
  Err: 0x8000, Babl: 0x4000, Cerr: 0x2000, Miss: 0x1000, Merr: 0x0800, Rint: 0x0400, Tint: 0x0200, Idon: 0x0100,
  Intr: 0x0080, Inea: 0x0040, Rxon: 0x0020, Txon: 0x0010, Tdmd: 0x0008, Stop: 0x0004, Strt: 0x0002, Init: 0x0001,
} as const

/** Bits of CSR0 that can raise the interrupt line; CSR3 masks each at the same place. */
const interruptCauses = Csr0.Babl | Csr0.Miss | Csr0.Merr | Csr0.Rint | Csr0.Tint | Csr0.Idon
const writeOneToClear = interruptCauses | Csr0.Cerr

const own = 0x80000000
const startAndEnd = 0x03000000
export const descriptorWords = 4

export interface LanceHost {
  /** The interrupt line changed. */
  interruptLine(level: boolean): void
  /** The driver set TDMD: look at the transmit ring. */
  transmitDemand(): void
}

/** Guest physical memory, as 32-bit words; an address is in bytes. */
export type GuestMemory = Uint32Array

export class Lance {
  readonly csr = new Uint16Array(128)
  readonly bcr = new Uint16Array(64)
  private rap = 0
  private line = false
  private transmitRing = 0
  private receiveRing = 0
  private transmitLength = 0
  private receiveLength = 0
  private transmitAt = 0
  private receiveAt = 0

  constructor(private readonly memory: GuestMemory, private readonly host: LanceHost) {
    this.reset()
  }

  /** What a read of the RESET port does: everything back to the state after power on. */
  reset(): void {
    this.csr.fill(0)
    this.csr[0] = Csr0.Stop
    this.csr[88] = 0x1003 // chip id, low: the PCnet-PCI II family
    this.csr[89] = 0x0262
    this.rap = 0
    this.updateLine()
  }

  writeRap(value: number): void {
    this.rap = value & 0x7f
  }

  readRap(): number {
    return this.rap
  }

  readRdp(): number {
    return this.rap === 0 ? this.status() : this.csr[this.rap]!
  }

  writeRdp(value: number): void {
    if (this.rap === 0) this.writeStatus(value & 0xffff)
    else {
      this.csr[this.rap] = value
      if (this.rap === 3) this.updateLine()
    }
  }

  readBdp(): number {
    return this.bcr[this.rap & 0x3f]!
  }

  writeBdp(value: number): void {
    this.bcr[this.rap & 0x3f] = value
  }

  /** Frames that the driver has handed over and that are not yet sent. */
  ownedTransmits(): number {
    if (!(this.csr[0]! & Csr0.Txon)) return 0
    let n = 0
    while (n < this.transmitLength && this.memory[this.transmitDescriptor(n) + 1]! >= own) n++
    return n
  }

  /** Length in bytes of the next frame to send, or -1. */
  nextTransmitBytes(): number {
    if (!(this.csr[0]! & Csr0.Txon) || this.transmitLength === 0) return -1
    const word = this.memory[this.transmitDescriptor(0) + 1]!
    return word >= own ? (0x10000 - (word & 0xffff)) & 0xfff : -1
  }

  /** The next frame is out: give its descriptor back to the driver. The interrupt comes with `endTransmit`. */
  completeTransmit(): void {
    const at = this.transmitDescriptor(0) + 1
    this.memory[at] = this.memory[at]! & ~own
    this.transmitAt = (this.transmitAt + 1) % this.transmitLength
  }

  /** Report finished transmits: one interrupt for all since the last call. */
  endTransmit(): void {
    this.raise(Csr0.Tint)
  }

  /** Whether the driver has given the card a buffer for the next frame. */
  canReceive(): boolean {
    return (this.csr[0]! & Csr0.Rxon) !== 0 && this.receiveLength > 0 &&
      this.memory[this.receiveDescriptor() + 1]! >= own
  }

  /** A frame from the network; false (and MISS) when the driver has left no buffer. */
  receive(bytes: number): boolean {
    if (!this.canReceive()) {
      this.raise(Csr0.Miss)
      return false
    }
    const at = this.receiveDescriptor()
    this.memory[at + 2] = bytes
    this.memory[at + 1] = (this.memory[at + 1]! & 0xffff) | startAndEnd
    this.receiveAt = (this.receiveAt + 1) % this.receiveLength
    this.raise(Csr0.Rint)
    return true
  }

  private status(): number {
    const csr0 = this.csr[0]!
    const error = csr0 & (Csr0.Babl | Csr0.Cerr | Csr0.Miss | Csr0.Merr) ? Csr0.Err : 0
    const interrupt = csr0 & interruptCauses & ~this.csr[3]! ? Csr0.Intr : 0
    return csr0 | error | interrupt
  }

  private writeStatus(value: number): void {
    let csr0 = this.csr[0]! & ~(value & writeOneToClear)
    csr0 = (csr0 & ~Csr0.Inea) | (value & Csr0.Inea)
    if (value & Csr0.Stop) csr0 = Csr0.Stop
    else {
      if (value & Csr0.Init) csr0 = this.initialise(csr0)
      if (value & Csr0.Strt) csr0 = (csr0 & ~Csr0.Stop) | Csr0.Strt | Csr0.Rxon | Csr0.Txon
    }
    this.csr[0] = csr0
    this.updateLine()
    if (value & Csr0.Tdmd && csr0 & Csr0.Txon) this.host.transmitDemand()
  }

  /** Reads the init block that CSR1 and CSR2 point at: mode and ring sizes, addresses of the rings. */
  private initialise(csr0: number): number {
    const block = (this.csr[1]! | (this.csr[2]! << 16)) >>> 2
    const modeAndSizes = this.memory[block]!
    this.csr[15] = modeAndSizes & 0xffff
    this.receiveLength = 1 << ((modeAndSizes >>> 20) & 0xf)
    this.transmitLength = 1 << ((modeAndSizes >>> 28) & 0xf)
    this.receiveRing = this.memory[block + 5]! >>> 2
    this.transmitRing = this.memory[block + 6]! >>> 2
    this.transmitAt = 0
    this.receiveAt = 0
    return (csr0 & ~Csr0.Stop) | Csr0.Init | Csr0.Idon
  }

  private raise(cause: number): void {
    this.csr[0] = this.csr[0]! | cause
    this.updateLine()
  }

  private updateLine(): void {
    const level = (this.csr[0]! & Csr0.Inea) !== 0 && (this.csr[0]! & interruptCauses & ~this.csr[3]!) !== 0
    if (level === this.line) return
    this.line = level
    this.host.interruptLine(level)
  }

  private transmitDescriptor(ahead: number): number {
    return this.transmitRing + ((this.transmitAt + ahead) % this.transmitLength) * descriptorWords
  }

  private receiveDescriptor(): number {
    return this.receiveRing + this.receiveAt * descriptorWords
  }
}
