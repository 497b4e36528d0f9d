const waiting: (() => void)[] = []
let busy = false

/**
 * The first of several at once, such as the drawings of a view that has just come up, and each of the others in a task of
 * its own: together they would hold the window up. The function that comes back takes it out of the line.
 */
export function inTurn(work: () => void): () => void {
  if (busy) waiting.push(work)
  else {
    busy = true
    setTimeout(next)
    work()
  }
  return () => {
    const at = waiting.indexOf(work)
    if (at >= 0) waiting.splice(at, 1)
  }
}

function next(): void {
  const work = waiting.shift()
  busy = work !== undefined
  if (!work) return
  setTimeout(next)
  work()
}
