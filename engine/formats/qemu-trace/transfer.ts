/** Seconds: after a longer pause something else begins. */
export const pauseSeconds = 0.5

/** Accesses of one register, by the way (R, W) and register, as `RDP W CSR0`. */
export interface RegisterCount {
  register: string
  /** In the whole log, and while data were sent. */
  all: number
  inTransfer: number
}

/**
 * Counts in the whole log and in its transfer, for cards whose log does not say when frames were sent: the busiest stretch
 * without a pause, so that what the boot did with the card does not count. Without stamps the transfer is the whole log.
 */
export class TransferCounts {
  private readonly all = new Map<string, number>()
  private current = new Map<string, number>()
  private busiest = new Map<string, number>()
  private last = Number.NaN
  private stamped = true

  add(register: string, seconds: number | null): void {
    if (seconds === null) this.stamped = false
    else if (seconds - this.last > pauseSeconds) this.pause()
    if (seconds !== null) this.last = seconds
    this.all.set(register, (this.all.get(register) ?? 0) + 1)
    this.current.set(register, (this.current.get(register) ?? 0) + 1)
  }

  /** Most often first. */
  registers(): RegisterCount[] {
    if (sum(this.current) > sum(this.busiest)) this.busiest = this.current
    const part = this.stamped ? this.busiest : this.all
    return [...this.all].map(([register, all]) => ({ register, all, inTransfer: part.get(register) ?? 0 })).sort(mostFirst)
  }

  get words(): string {
    return this.stamped ? `the busiest stretch of the log without a pause of ${pauseSeconds} s` : 'the whole log, which has no stamps'
  }

  private pause(): void {
    if (sum(this.current) > sum(this.busiest)) this.busiest = this.current
    this.current = new Map()
  }
}

export function mostFirst(a: RegisterCount, b: RegisterCount): number {
  return b.all - a.all || (a.register < b.register ? -1 : 1)
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0
  for (const count of counts.values()) total += count
  return total
}
