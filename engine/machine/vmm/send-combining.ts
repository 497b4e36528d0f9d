import type { Features } from '../config'
import { zeroCycles } from '../one-shape'

/** Frames that may wait in the Lance's ring before a world switch is forced (paper 3.3). */
export const combineLimit = 3

/**
 * Send combining (paper 3.3): when the world-switch rate is high, a transmit is only noted and the next
 * interrupt-induced world switch sends it. The rate is an exponentially decaying counter: one up a switch, half
 * of it gone every half-life. Whole numbers and whole half-lives keep it the same on every machine.
 * Half-life and threshold are assumed: the paper gives no values. 10 ms is the host's tick; 8 in the counter is
 * about 550 switches a second, an order of magnitude below a busy and above an idle virtual machine.
 */
const threshold = 8
const unit = 1 << 16

export class SendCombining {
  private counter = 0
  private decayedAt = zeroCycles
  private waiting = 0

  constructor(private readonly features: Features, private readonly halfLifeCycles: number) {}

  /** A world switch to the host happened. */
  worldSwitched(now: number): void {
    this.decay(now)
    this.counter += unit
  }

  /** Whether this transmit may wait; false: switch now. */
  mayWait(now: number): boolean {
    if (!this.features.sendCombining) return false
    this.decay(now)
    if (this.counter < threshold * unit || this.waiting >= combineLimit) return false
    this.waiting++
    return true
  }

  /** Frames that wait now. */
  get queued(): number {
    return this.waiting
  }

  /** Everything in the ring has been sent. */
  flushed(): void {
    this.waiting = 0
  }

  private decay(now: number): void {
    const halvings = Math.floor((now - this.decayedAt) / this.halfLifeCycles)
    if (halvings <= 0) return
    // a division, not a shift: on a custom machine's link there may be more than the 2^16 switches that 32 bits hold
    this.counter = halvings > 30 ? 0 : Math.floor(this.counter / 2 ** halvings)
    this.decayedAt += halvings * this.halfLifeCycles
  }
}
