/** When to start a process again and when to take its silence for a hang: decisions only, no process in sight. */

export const heartbeatMilliseconds = 5000
/** A loaded machine may miss one beat. */
const missedBeatsToHang = 2
/**
 * What an undivided step is given beyond a beat, and how much it does in a second at least: a tenth of what was measured,
 * for machines that are slower or busy. Nothing is waited for longer than a minute.
 */
const undivided = { milliseconds: 10_000, bytesASecond: 10e6, most: 60_000 }

export class Heartbeat {
  private nonce = 0
  private answered = true
  private missed = 0
  private patientUntil = 0

  /** Every heartbeatMilliseconds: a nonce to ping with, or 'hung'. */
  beat(now: number): number | 'hung' {
    if (this.answered) this.missed = 0
    else if (now >= this.patientUntil && ++this.missed >= missedBeatsToHang) return 'hung'
    this.answered = false
    return ++this.nonce
  }

  /** The latest ping's answer, or that of any before it: silence is what counts. */
  pong(nonce: number): void {
    if (nonce < 1 || nonce > this.nonce) return
    this.answered = true
    this.patientUntil = 0
  }

  /** The process said that a long step begins, over about so many bytes. */
  busy(now: number, bytes: number): void {
    this.patientUntil = now + Math.min(undivided.most, undivided.milliseconds + (1000 * bytes) / undivided.bytesASecond)
  }
}

/** At most three starts a minute: a process that dies at once every time is not worth a fourth. */
export class StartBudget {
  private starts: number[] = []

  constructor(private readonly maximum = 3, private readonly milliseconds = 60_000) {}

  take(now: number): boolean {
    this.starts = this.starts.filter((start) => now - start < this.milliseconds)
    if (this.starts.length >= this.maximum) return false
    this.starts.push(now)
    return true
  }

  /** The user asks for another try. */
  reset(): void {
    this.starts = []
  }
}
