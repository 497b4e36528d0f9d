/** Figures as text: never more digits than the interval supports, a real minus sign, no "-0.0". */

export type Interval = readonly [lo: number, hi: number]

const mostDigits = 2

/**
 * Decimals that a 95 % interval supports: the first digit of its half width, at most two; more where an end that is not
 * zero would read as zero, as "higher by 2 [0, 3]" contradicts itself. Without an interval: one.
 */
export function digitsFor(interval: Interval | null): number {
  if (!interval) return 1
  const [lo, hi] = interval
  const half = Math.abs(hi - lo) / 2
  if (half === 0) return mostDigits
  let digits = Math.min(mostDigits, Math.max(0, -Math.floor(Math.log10(half))))
  const end = lo > 0 ? lo : hi < 0 ? hi : null
  while (end !== null && digits < mostDigits && Number(end.toFixed(digits)) === 0) digits++
  return digits
}

/** Decimals of a difference: as above, and enough that an interval which leaves zero out does not read as holding it. */
export function digitsForDifference(interval: Interval | null): number {
  const digits = digitsFor(interval)
  if (!interval || interval[0] * interval[1] <= 0) return digits
  const near = Math.min(Math.abs(interval[0]), Math.abs(interval[1]))
  return near < 0.5 * 10 ** -digits ? Math.min(3, digits + 1) : digits
}

export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits)
  const zero = Number(text) === 0
  return (zero ? text.replace('-', '') : text).replace('-', '−')
}

export function signed(value: number, digits: number): string {
  const text = fixed(value, digits)
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text
}

export function intervalText(interval: Interval, digits: number): string {
  return `[${fixed(interval[0], digits)}, ${fixed(interval[1], digits)}]`
}

const grouping = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

export function whole(value: number): string {
  return grouping.format(value).replace('-', '−')
}

/** Three significant digits, for averages and times. */
export function significant(value: number): string {
  if (value === 0) return '0'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return fixed(value, Math.min(digits, 6))
}

export function secondsText(seconds: number): string {
  if (seconds >= 1) return `${fixed(seconds, 2)} s`
  if (seconds >= 1e-3) return `${significant(seconds * 1e3)} ms`
  return `${significant(seconds * 1e6)} µs`
}

export function bytesText(bytes: number): string {
  for (const [name, unit] of [['GB', 1e9], ['MB', 1e6], ['KB', 1e3]] as const) {
    if (bytes >= unit) return `${fixed(bytes / unit, bytes % unit === 0 ? 0 : 1)} ${name}`
  }
  return `${bytes} bytes`
}

/** '61.2 MB of 100 MB', '95 of 160 runs'. */
export function progressText({ done, total, unit }: { done: number; total: number; unit: string }): string {
  return unit === 'bytes' ? `${bytesText(done)} of ${bytesText(total)}` : `${whole(done)} of ${whole(total)} ${unit}`
}
