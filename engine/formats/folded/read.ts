import type { Profile, WeightType } from '../../profile/columns'
import { GrowingInts, larger } from '../../growing'
import { ByteInterner } from '../intern'
import { LineCutter } from '../lines'
import { countNotUnderstood, emptyLoadReport, type LoadReport } from '../load-report'
import { Rows } from '../rows'

const semicolon = 59
const blank = 32
const hash = 35

const oneColumn: WeightType[] = [{ name: 'samples', unit: 'count', kind: 'sampled' }]
const twoColumns: WeightType[] = [
  { name: 'samples before', unit: 'count', kind: 'sampled' }, { name: 'samples after', unit: 'count', kind: 'sampled' },
]

/** Bytes of a line, which is a whole stack: ten thousand calls with names of 400 letters. */
const longestStack = 1 << 22

/** What stackcollapse scripts append to a frame's name, and the module it stands for. */
const suffixes: Record<string, string> = { k: '[kernel.kallsyms]', i: '', j: '[jit]' }

/**
 * Folded stacks (`a;b;c 42`, root first; brendangregg/FlameGraph), also with two counts a line (difffolded). A line
 * that shares its beginning with the one before, as sorted files do, finds its callers without looking them up.
 */
export class FoldedReader {
  private readonly report: LoadReport
  private readonly cutter: LineCutter
  private readonly rows: Rows
  private readonly names = new ByteInterner()
  /** Frame id by name id, -1 where not met yet. */
  private readonly frameOf = new GrowingInts()
  private previous = new Uint8Array(1024)
  private previousLength = 0
  /** Of the line before, as far as it is shared: where each frame ends, and its stack. */
  private ends = new Int32Array(256)
  private stacks = new Int32Array(256)
  private depth = 0
  private fractions = 0
  private negative = 0

  constructor(private readonly name: string, reason: string, private readonly differential: boolean) {
    this.report = emptyLoadReport('folded', reason)
    this.rows = new Rows(differential ? twoColumns : oneColumn)
    this.cutter = new LineCutter((bytes, start, end, isCut) => this.line(bytes, start, end, isCut), longestStack)
  }

  push(chunk: Uint8Array): void {
    this.report.bytes += chunk.length
    this.cutter.push(chunk)
  }

  finish(): { profile: Profile; report: LoadReport } {
    this.cutter.end()
    const { report, rows, cutter } = this
    report.lines = cutter.lines
    report.samplesKept = rows.length
    report.notes.push('each line is a stack with its samples added up: single samples and their times are not in the file')
    if (this.differential) report.notes.push('two counts a line: the first is shown as "samples before", the second as "samples after"')
    report.notes.push(...cutter.remarks)
    if (this.fractions > 0) report.notes.push(`${this.fractions} counts are no whole numbers: they were kept as they are`)
    if (this.negative > 0) report.samplesDropped.push({ reason: 'negative counts', count: this.negative })
    report.eventTypes = [{ name: 'samples', count: rows.length }]
    return { profile: rows.profile(this.name, this.differential ? 1 : 0), report }
  }

  private line(bytes: Uint8Array, start: number, end: number, isCut: boolean): void {
    while (end > start && bytes[end - 1]! <= blank) end--
    if (end === start || bytes[start] === hash) return
    // its count is behind what is there
    if (isCut) return this.notUnderstood(bytes, start, end)
    const last = countAt(bytes, start, end)
    if (!last) return this.notUnderstood(bytes, start, end)
    let stackEnd = last.start
    const counts = [last.value]
    if (this.differential) {
      const first = countAt(bytes, start, stackEnd)
      if (!first) return this.notUnderstood(bytes, start, end)
      counts.unshift(first.value)
      stackEnd = first.start
    }
    if (counts.some((count) => count < 0)) {
      this.negative++
      return
    }
    if (counts.some((count) => !Number.isInteger(count))) this.fractions++
    this.rows.add(this.stackOf(bytes, start, stackEnd), counts, 0, null)
  }

  /** Root first; frames shared with the line before are taken from there. */
  private stackOf(bytes: Uint8Array, start: number, end: number): number {
    this.depth = this.sharedFrames(bytes, start, end)
    let from = this.depth === 0 ? start : start + this.ends[this.depth - 1]! + 1
    while (from < end) {
      let to = from
      while (to < end && bytes[to] !== semicolon) to++
      if (to > from) this.call(this.frame(bytes, from, to), to - start)
      from = to + 1
    }
    this.remember(bytes, start, end)
    return this.depth > 0 ? this.stacks[this.depth - 1]! : -1
  }

  private call(frame: number, end: number): void {
    const { depth } = this
    if (depth === this.stacks.length) {
      this.ends = larger(this.ends)
      this.stacks = larger(this.stacks)
    }
    this.ends[depth] = end
    this.stacks[depth] = this.rows.call(depth > 0 ? this.stacks[depth - 1]! : -1, frame)
    this.depth = depth + 1
  }

  private frame(bytes: Uint8Array, from: number, to: number): number {
    const id = this.names.id(bytes, from, to)
    while (this.frameOf.length <= id) this.frameOf.push(-1)
    let frame = this.frameOf.at(id)
    if (frame < 0) {
      const [name, module] = splitName(this.names.text[id]!)
      if (name === '' || name === '[unknown]') this.report.unknownSymbols++
      frame = this.rows.builder.frameId(name || '[unknown]', module)
      this.frameOf.set(id, frame)
    }
    return frame
  }

  /** How many whole frames of the line before this one begins with. */
  private sharedFrames(bytes: Uint8Array, start: number, end: number): number {
    const most = Math.min(this.previousLength, end - start)
    let same = 0
    while (same < most && this.previous[same] === bytes[start + same]) same++
    let frames = 0
    while (frames < this.depth) {
      const frameEnd = this.ends[frames]!
      const closed = frameEnd === end - start || bytes[start + frameEnd] === semicolon
      if (frameEnd > same || !closed) break
      frames++
    }
    return frames
  }

  private remember(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    if (length > this.previous.length) this.previous = new Uint8Array(length * 2)
    this.previous.set(bytes.subarray(start, end))
    this.previousLength = length
  }

  private notUnderstood(bytes: Uint8Array, start: number, end: number): void {
    countNotUnderstood(this.report, this.cutter.lines, () => new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 200))))
  }
}

/** `tcp_sendmsg_[k]`: the name, and the module that the mark stands for. */
function splitName(text: string): [name: string, module: string] {
  const mark = /^(.+)_\[([kij])\]$/.exec(text)
  return mark ? [mark[1]!, suffixes[mark[2]!]!] : [text, '']
}

/** The number that ends the text, behind a blank; `start`: where the blanks before it begin. Null: there is none. */
function countAt(bytes: Uint8Array, start: number, end: number): { value: number; start: number } | null {
  let at = end
  let value = 0
  let scale = 1
  // digits only: by far the most common, and no string is made
  while (at > start && bytes[at - 1]! >= 48 && bytes[at - 1]! <= 57 && end - at < 15) {
    value += (bytes[--at]! - 48) * scale
    scale *= 10
  }
  if (at === start || (bytes[at - 1] !== blank && bytes[at - 1] !== 9) || at === end) {
    while (at > start && bytes[at - 1] !== blank && bytes[at - 1] !== 9) at--
    const text = new TextDecoder().decode(bytes.subarray(at, end))
    if (at === start || !/^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return null
    value = Number(text)
    if (!Number.isFinite(value)) return null
  }
  while (at > start && (bytes[at - 1] === blank || bytes[at - 1] === 9)) at--
  return at > start ? { value, start: at } : null
}

export function readFolded(fileName: string, bytes: Uint8Array, reason: string, differential: boolean): { profile: Profile; report: LoadReport } {
  const reader = new FoldedReader(fileName, reason, differential)
  reader.push(bytes)
  return reader.finish()
}
