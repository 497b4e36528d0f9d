const millisecondsBetween = 100

/** Where commands write: results to stdout, progress to stderr and only when a person sees it. */
export class Terminal {
  private last = 0
  private shown = false

  write(text: string): void {
    process.stdout.write(text)
  }

  /** What is said beside results that are piped on. */
  note(text: string): void {
    process.stderr.write(text)
  }

  progress(text: () => string): void {
    if (!process.stderr.isTTY) return
    const now = performance.now()
    if (now - this.last < millisecondsBetween) return
    this.last = now
    this.shown = true
    process.stderr.write(`\r\u001b[K${text()}`)
  }

  clearProgress(): void {
    if (this.shown) process.stderr.write('\r\u001b[K')
    this.shown = false
  }
}
