/**
 * What a method says: its figures, or why there are none. Data that cannot answer give `Unknown` with a sentence for
 * people, never NaN or a bare zero; a parameter that a programmer chose wrongly (a confidence of 2) throws RangeError.
 */
export interface Unknown {
  known: false
  why: string
}
export type Known<T> = T & { known: true }
export type Answer<T> = Known<T> | Unknown

export const unknown = (why: string): Unknown => ({ known: false, why })

/** For parameters such as a confidence, a level or a power. */
export function checkProbability(p: number, name: string): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`${name} is ${p}: it must lie between 0 and 1`)
}

/** Why counts give no share, or null where they do. `effective` may be left out. */
export function faultOfCounts(hits: number, n: number, effective?: number): string | null {
  if (!Number.isFinite(hits) || !Number.isFinite(n)) return `${hits} hits of ${n} samples: not a count`
  if (n === 0) return 'no samples: nothing is known of this share'
  if (n < 0 || hits < 0) return `${hits} hits of ${n} samples: a count cannot be negative`
  if (hits > n) return `${hits} hits of ${n} samples: more hits than samples`
  if (effective !== undefined && !(effective > 0)) return `an effective number of samples of ${effective} says nothing`
  return null
}

/** A count for people: whole numbers as they are, others with at most two decimals. */
export const countText = (count: number): string => String(Number(count.toFixed(count < 100 ? 2 : 0)))

/** A count with its noun: 1 hit, 2 hits. */
export const countOf = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`

/** A share for people, in percent with three meaningful digits. */
export const percentText = (share: number): string => `${threeDigits(share * 100)} %`

/** An interval of a difference of shares for people, in percentage points with three meaningful digits. */
export const pointsText = (lo: number, hi: number): string =>
  `${threeDigits(lo * 100)} to ${threeDigits(hi * 100)} points`

const threeDigits = (x: number) => Number(x.toPrecision(3))
