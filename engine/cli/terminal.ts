const millisecondsBetween = 100

/** Where commands write: results to stdout, progress to stderr and only when a person sees it. */
export class Terminal {
  /** What the program ends with although nothing failed: a command that judges says here what it found. */
  status = 0
  private last = 0
  private shown = false

  write(content: string | Uint8Array): void {
    process.stdout.write(content)
  }

  json(value: unknown): void {
    this.write(`${JSON.stringify(value, null, 2)}\n`)
  }

  /** A line beside the result. */
  note(text: string): void {
    this.clearProgress()
    process.stderr.write(`worldswitch: ${oneLine(text)}\n`)
  }

  /** Whether stdout is read by a person, who could do nothing with bytes. */
  get isRead(): boolean {
    return process.stdout.isTTY
  }

  progress(text: () => string): void {
    if (!process.stderr.isTTY || process.env['TERM'] === 'dumb') return
    const now = performance.now()
    if (now - this.last < millisecondsBetween) return
    this.last = now
    this.shown = true
    process.stderr.write(`\r\u001b[K${harmless(text())}`)
  }

  clearProgress(): void {
    if (this.shown) process.stderr.write('\r\u001b[K')
    this.shown = false
  }
}

/** Names come from strangers' files: none of them may speak to the terminal. */
export function harmless(line: string): string {
  return line.replace(/\p{Cc}/gu, '?')
}

/** One line, whatever a file name or an option may hold. */
export function oneLine(text: string): string {
  return harmless(text.replace(/\s*[\r\n]+\s*/g, ' ').trim())
}
