import { samplesAt, type Profile } from '../profile/columns'

/**
 * The profile with the samples of each thread in order of time, and how many stamps were earlier than the one before of
 * the same thread. Samples of equal times stay as they stand; those of other threads keep their places between them.
 */
export function inTimeOrder(profile: Profile): { profile: Profile; outOfOrder: number } {
  const { time, thread } = profile.samples
  if (!time) return { profile, outOfOrder: 0 }
  const threadOf = (row: number) => (thread ? thread[row]! : 0)
  const last = new Map<number, number>()
  let outOfOrder = 0
  for (let row = 0; row < time.length; row++) {
    const before = last.get(threadOf(row))
    if (before !== undefined && time[row]! < before) outOfOrder++
    last.set(threadOf(row), time[row]!)
  }
  if (outOfOrder === 0) return { profile, outOfOrder }
  return { profile: { ...profile, samples: samplesAt(profile.samples, rowsInOrder(time, threadOf)) }, outOfOrder }
}

/** Rows of each thread by time, in the places that the thread has. */
function rowsInOrder(time: Float64Array, threadOf: (row: number) => number): Int32Array {
  const places = new Map<number, number[]>()
  for (let row = 0; row < time.length; row++) {
    const known = places.get(threadOf(row))
    if (known) known.push(row)
    else places.set(threadOf(row), [row])
  }
  const order = new Int32Array(time.length)
  for (const rows of places.values()) {
    const sorted = Int32Array.from(rows).sort((a, b) => time[a]! - time[b]! || a - b)
    rows.forEach((place, i) => { order[place] = sorted[i]! })
  }
  return order
}
