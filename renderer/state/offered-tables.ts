const offered = new Set<() => string>()

/** A table of which only the rows scrolled to are in the page offers all of them, as CSV; the answer takes it back. */
export function offerTable(text: () => string): () => void {
  offered.add(text)
  return () => { offered.delete(text) }
}

/** What is offered now, as long as its table is on screen. */
export function offeredTable(): string | null {
  return [...offered].at(-1)?.() ?? null
}
