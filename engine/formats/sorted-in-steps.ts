/** Sorted or merged between two looks at who waits: some milliseconds. */
const runLength = 1 << 14

/**
 * The numbers 0 to `length` - 1 in order, in steps: runs are sorted each, then merged two by two. `compare` is never 0 of two
 * different ones.
 */
export function* sortedInSteps(length: number, compare: (a: number, b: number) => number): Generator<void, Int32Array, void> {
  let order = Int32Array.from({ length }, (_, i) => i)
  for (let from = 0; from < length; from += runLength) {
    order.subarray(from, from + runLength).sort(compare)
    yield
  }
  let merged = new Int32Array(length)
  for (let width = runLength; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      const [middle, end] = [Math.min(length, from + width), Math.min(length, from + 2 * width)]
      let [a, b] = [from, middle]
      for (let to = from; to < end; to++) {
        merged[to] = b >= end || (a < middle && compare(order[a]!, order[b]!) < 0) ? order[a++]! : order[b++]!
        if (to % runLength === 0) yield
      }
    }
    [order, merged] = [merged, order]
  }
  return order
}
