import type { Profile } from '../profile/columns'

/** More samples than this make a file that its program does not open any more. */
const mostSamples = 2_000_000
/** Where amounts have to become samples: about so many, which resolve a thousandth of the whole. */
const samplesOfAmounts = 100_000

export interface SampleCounts {
  /** Index of the weight that the counts are of. */
  weight: number
  /** How much of the weight a sample stands for. */
  each: number
  /** Nothing is rounded or left out. */
  exact: boolean
  /** Samples of each row. */
  counts: Float64Array
}

/**
 * A profile's rows as single samples, for formats that know nothing else. The weight is the default one, or the first
 * that counts whole samples; amounts of other kinds are divided, and what is rounded off a row goes to the next, so that
 * the sum is right. Negative amounts (differences) have no samples.
 */
export function sampleCounts({ samples, weightTypes, defaultWeight }: Profile): SampleCounts {
  const order = [defaultWeight, ...weightTypes.map((_, k) => k)]
  const isWhole = (column: Float64Array) => column.every((value) => Number.isInteger(value) && value >= 0)
  for (const weight of order) {
    const counts = samples.weights[weight]
    if (weightTypes[weight]?.unit === 'count' && counts && isWhole(counts) && sumOf(counts) <= mostSamples) return { weight, each: 1, exact: true, counts }
  }
  const amounts = samples.weights[defaultWeight] ?? new Float64Array(samples.stack.length)
  const total = sumOf(amounts)
  const each = total > 0 ? total / Math.min(samplesOfAmounts, Math.max(1, total)) : 1
  let [sum, given] = [0, 0]
  const counts = amounts.map((amount) => {
    sum += Math.max(0, amount)
    const count = Math.round(sum / each) - given
    given += count
    return count
  })
  return { weight: defaultWeight, each, exact: counts.every((count, row) => count * each === amounts[row]), counts }
}

function sumOf(amounts: Float64Array): number {
  return amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0)
}

/** Rows of each thread, earliest first; rows of equal time, and all of a profile without times, as they stand. */
export function rowsByThread({ name, threads, samples }: Profile): { name: string; rows: Int32Array }[] {
  const { stack, thread, time } = samples
  const names = threads.length === 0 || !thread ? [name || 'all'] : threads
  const lists = names.map((): number[] => [])
  for (let row = 0; row < stack.length; row++) lists[names === threads ? thread![row]! : 0]?.push(row)
  return lists.map((list, id) => {
    const rows = Int32Array.from(list)
    if (time) rows.sort((a, b) => time[a]! - time[b]! || a - b)
    return { name: names[id]!, rows }
  })
}
