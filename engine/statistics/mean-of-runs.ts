/** A file of its own: the window knows the type, and must not come near the library that works it out. */

/** A figure over several runs that differ only in their seed. Any unit: unlike a share it has no ends. */
export interface MeanOfRuns {
  /** Number of runs. */
  n: number
  mean: number
  /** Between runs, n - 1 in the denominator; null of a single run. */
  sd: number | null
  /** 95 % interval of the mean; null where the runs do not show how much they differ. */
  ci95: [number, number] | null
  /** The method with its n, or why there is no interval. */
  evidence: string
}
