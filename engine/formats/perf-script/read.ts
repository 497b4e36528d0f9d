import { countNotUnderstood, emptyLoadReport } from '../load-report'
import type { LoadReport } from '../load-report'
import { LineCutter } from '../lines'
import { BranchCounts, branchesAt } from './branches'
import { FrameLines } from './frame'
import { inlineFrameText, parseHead } from './head'
import { HeadBytes } from './head-bytes'
import type { Head } from './head'
import { SampleColumns } from './columns'
import type { Profile } from '../../profile/columns'

/**
 * The first form of `perf script` text: a head line a sample, its call chain below it, an empty line. See grammar.md.
 * `push` takes the file in chunks of any size; a sample is finished by the empty line, the next head or the end.
 */
export class PerfScriptReader {
  private readonly report: LoadReport
  private readonly cutter: LineCutter
  private readonly frames = new FrameLines()
  private readonly heads = new HeadBytes()
  private readonly columns: SampleColumns
  private readonly decoder = new TextDecoder()
  private readonly dropped = new Map<string, number>()
  private head: Head | null = null
  /** Below a head whose chain is not wanted or not understood. */
  private skipping = false
  private sourceLines = 0
  private readonly branches = new BranchCounts()

  constructor(private readonly name: string, reason: string) {
    this.report = emptyLoadReport('perf-script', reason)
    this.columns = new SampleColumns(this.report, this.frames)
    this.cutter = new LineCutter((bytes, start, end) => this.line(bytes, start, end))
  }

  push(chunk: Uint8Array): void {
    this.report.bytes += chunk.length
    this.cutter.push(chunk)
  }

  finish(): { profile: Profile; report: LoadReport } {
    this.cutter.end()
    this.endSample()
    const { report } = this
    report.lines = this.cutter.lines
    report.samplesDropped = [...this.dropped].map(([reason, count]) => ({ reason, count }))
    report.notes.push(...this.cutter.remarks)
    if (this.sourceLines > 0) report.notes.push(`${this.sourceLines} source lines below frames were read over`)
    const branches = this.branches.result()
    if (branches) report.branches = branches
    return { profile: this.columns.profile(this.name), report }
  }

  private line(bytes: Uint8Array, start: number, end: number): void {
    if (blankLine(bytes, start, end)) {
      this.endSample()
      this.skipping = false
    } else if (bytes[start] === hash) {
      this.endSample()
      this.headerLine(bytes, start, end)
    } else if (bytes[start] === tab) {
      this.chainLine(bytes, start, end)
    } else if (bytes[start] === blank && this.head !== null) {
      // inside a sample: a frame whose tab became blanks, a source line, or the padded head of the next sample
      const next = this.parseHead(bytes, start, end)
      if (next && next.seconds !== null) this.startSample(next)
      else this.chainLine(bytes, start, end)
    } else {
      this.headLine(bytes, start, end)
    }
  }

  /** Of `--header`: how often the event was to be sampled. */
  private headerLine(bytes: Uint8Array, start: number, end: number): void {
    if (this.report.askedPerSecond !== undefined || end - start > longestHeader) return
    const asked = askedFrequency.exec(this.text(bytes, start, end))
    if (asked && Number(asked[1]) > 0) this.report.askedPerSecond = Number(asked[1])
  }

  private headLine(bytes: Uint8Array, start: number, end: number): void {
    this.endSample()
    const head = this.parseHead(bytes, start, end)
    if (head) {
      this.startSample(head)
    } else if (this.otherRecord(bytes, start, end)) {
      this.skipping = true
    } else if (!this.skipping || bytes[start] !== blank) {
      this.notUnderstood(bytes, start, end)
      this.skipping = true
    }
  }

  /** `--show-lost-events`, `--show-task-events` and the like print records between the samples. */
  private otherRecord(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > longestHeader) return false
    const text = this.text(bytes, start, end)
    if (!text.includes(' PERF_RECORD_')) return false
    const lost = lostRecord.exec(text)
    this.drop(lost ? 'samples that perf lost' : noSamples, lost ? Number(lost[1]) : 1)
    return true
  }

  private parseHead(bytes: Uint8Array, start: number, end: number): Head | null {
    return this.heads.parse(bytes, start, end) ?? parseHead(this.text(bytes, start, end))
  }

  private startSample(head: Head): void {
    this.endSample()
    this.skipping = false
    if (head.rest.startsWith('DEFERRED CALLCHAIN')) {
      this.drop('deferred user call chains: the second half of a sample that is counted already')
      this.skipping = true
      return
    }
    if (head.event.startsWith('PERF_RECORD_')) {
      this.drop(noSamples)
      this.skipping = true
      return
    }
    this.head = head
    if (head.rest !== '') this.behindEvent(head)
  }

  private behindEvent(head: Head): void {
    const branches = branchesAt(head.rest)
    if (branches >= 0 && this.branches.add(head.rest.slice(branches))) head.rest = head.rest.slice(0, branches).trimEnd()
    this.inlineFrame(inlineFrameText(head))
  }

  private inlineFrame(text: string): void {
    const bytes = new TextEncoder().encode(text)
    const line = this.frames.id(bytes, 0, bytes.length)
    if (line >= 0) this.columns.addFrame(line)
  }

  private chainLine(bytes: Uint8Array, start: number, end: number): void {
    if (this.skipping) return
    const line = this.head === null ? -1 : this.frames.id(bytes, start, end)
    if (line >= 0) this.columns.addFrame(line)
    else if (this.head !== null && this.branches.add(this.text(bytes, start, end))) return
    else if (this.head !== null && this.columns.pendingFrames > 0 && bytes[start] === blank) this.sourceLines++
    else this.notUnderstood(bytes, start, end)
  }

  private endSample(): void {
    if (this.head === null) return
    this.columns.addSample(this.head)
    this.head = null
  }

  private drop(reason: string, count = 1): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + count)
  }

  private notUnderstood(bytes: Uint8Array, start: number, end: number): void {
    countNotUnderstood(this.report, this.cutter.lines, () => this.text(bytes, start, Math.min(end, start + 800)))
  }

  private text(bytes: Uint8Array, start: number, end: number): string {
    return this.decoder.decode(bytes.subarray(start, end))
  }
}

const tab = 9
const blank = 32
const hash = 35

const longestHeader = 4096
const noSamples = 'records that are no samples'
/** `# event : name = cycles, …, { sample_period, sample_freq } = 997, …, freq = 1`: without the last it is a period. */
const askedFrequency = /^# event : .*\{ sample_period, sample_freq \} = (\d+),.*\bfreq = 1\b/
const lostRecord = / PERF_RECORD_LOST(?:_SAMPLES)? lost (\d+)/

function blankLine(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== blank && bytes[i] !== tab) return false
  return true
}

/** Reads a whole file by chunks; tests use tiny ones. */
export function readPerfScript(
  name: string, bytes: Uint8Array, reason = 'asked for', chunkSize = 1 << 22,
): { profile: Profile; report: LoadReport } {
  const reader = new PerfScriptReader(name, reason)
  for (let at = 0; at < bytes.length; at += chunkSize) reader.push(bytes.subarray(at, at + chunkSize))
  return reader.finish()
}
