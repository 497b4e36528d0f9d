/** What the branch stacks of a file say (`-F brstack`, `brstacksym`): each branch counted, not as a stack. */
export interface BranchReport {
  /** Samples that bring branches. */
  samples: number
  branches: number
  predicted: number
  mispredicted: number
  /** Where the processor told them; since the branch before. */
  cycles: number
  /** The most frequent, with their counts. */
  most: BranchCount[]
}

export interface BranchCount {
  from: string
  to: string
  count: number
  mispredicted: number
  cycles: number
}

/** `/P/-/-/12/COND/-` behind the two ends: predicted (P, M, newer perf also N: not taken), transaction, abort, cycles, kind. */
const flags = /\/([PMN-]{1,3})\/[X-]\/[A-]\/(\d+)(?:\/[^\s/]*){0,2}(?=\s|$)/g
const quick = /\/[PMN-]{1,3}\/[X-]\/[A-]\/\d/
const hexEnds = /^(0x[0-9a-f]+)(?:\([^\s]*?\))?\/(0x[0-9a-f]+)(?:\([^\s]*\))?$/
/** Symbols may hold blanks, parentheses and slashes; the offset ends the first. */
const symbolEnds = /^(.+?\+0x[0-9a-f]+)(?:\(.*?\))?\/(.+?\+0x[0-9a-f]+)(?:\(.*\))?$/

/** Where the branches begin in what follows an event: behind the frame of a sample without a chain; -1 without any. */
export function branchesAt(text: string): number {
  const first = quick.exec(text)
  if (!first) return -1
  const before = text.slice(0, first.index)
  const address = /(?:^|\s)0x[0-9a-f]+(?:\([^\s]*\))?\/0x/.exec(before)
  if (address) return address.index
  const module = before.lastIndexOf(') ')
  return module >= 0 ? module + 1 : Math.max(0, before.lastIndexOf(' '))
}

/** More pairs of ends than these are counted together only: a file of nonsense must not fill the memory. */
const mostPairs = 100_000
const shown = 10

export class BranchCounts {
  private readonly pairs = new Map<string, BranchCount>()
  private readonly report: BranchReport = { samples: 0, branches: 0, predicted: 0, mispredicted: 0, cycles: 0, most: [] }

  /** The branches of one sample; false when the text holds none. */
  add(text: string): boolean {
    const { report } = this
    const before = report.branches
    let from = 0
    for (const found of text.matchAll(flags)) {
      const ends = text.slice(from, found.index).trim()
      from = found.index + found[0].length
      const pair = hexEnds.exec(ends) ?? symbolEnds.exec(ends)
      if (pair) this.count(pair[1]!, pair[2]!, found[1]!, Number(found[2]))
    }
    if (report.branches > before) report.samples++
    return report.branches > before
  }

  private count(from: string, to: string, how: string, cycles: number): void {
    const { report, pairs } = this
    const missed = how.includes('M') ? 1 : 0
    report.branches++
    report.mispredicted += missed
    if (how.includes('P')) report.predicted++
    report.cycles += cycles
    const key = `${from}/${to}`
    const known = pairs.get(key)
    if (known) {
      known.count++
      known.mispredicted += missed
      known.cycles += cycles
    } else if (pairs.size < mostPairs) pairs.set(key, { from, to, count: 1, mispredicted: missed, cycles })
  }

  /** Null when the file has no branches. */
  result(): BranchReport | null {
    if (this.report.branches === 0) return null
    const most = [...this.pairs.values()].sort((a, b) => b.count - a.count).slice(0, shown)
    return { ...this.report, most }
  }
}
