/** A frame of the screen belongs to whoever types: what is not done within this is gone on with in the next task. */
const sliceMilliseconds = 8

/** Works through the steps, the first slice at once, and then tells the result. The function that comes back ends it before. */
export function inSlices<Result>(steps: Generator<unknown, Result, void>, done: (result: Result) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const slice = () => {
    const end = performance.now() + sliceMilliseconds
    do {
      const next = steps.next()
      if (next.done) return done(next.value)
    } while (performance.now() < end)
    timer = setTimeout(slice)
  }
  slice()
  return () => clearTimeout(timer)
}
