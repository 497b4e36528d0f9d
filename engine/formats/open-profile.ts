import { PlainErrorException } from '../plain-error'
import type { Classification } from '../profile/classify/classify'
import { proposeRules, type RuleChoice } from '../profile/classify/propose'
import { classificationOf, classifiedSamples } from '../profile/classify/samples'
import { worldShares } from '../profile/classify/table'
import { withVisibleNames, type Profile } from '../profile/columns'
import { isSampledCount } from '../profile/compare'
import { visibleName } from '../visible-name'
import { sourceOfBytes, type FileSource } from './file-source'
import { chunksOf, type Chunk } from './gzip'
import { inTimeOrder } from './in-time-order'
import { largestContent, largestWhole } from './limits'
import { notApplicable } from './load-facts'
import type { LoadedWorld, LoadReport } from './load-report'
import { refusalOf } from './refusals'
import { resultOf, type ReadProfile, type ReadSteps } from './read-steps'
import { paceOfProfile } from './pace-of-profile'
import { callgrindReason } from './callgrind/detect'
import { CallgrindReader } from './callgrind/read'
import { chromeTraceReason } from './chrome-trace/detect'
import { chromeTraceSteps } from './chrome-trace/read'
import { cpuprofileReason } from './cpuprofile/detect'
import { cpuprofileSteps } from './cpuprofile/read'
import { firefoxReason } from './firefox/detect'
import { firefoxSteps } from './firefox/read'
import { foldedShape } from './folded/detect'
import { FoldedReader } from './folded/read'
import { ftraceReason } from './ftrace/line'
import { FtraceReader } from './ftrace/read'
import { kvmStatReason, readKvmStat } from './kvm-stat/read'
import { perfScriptReason } from './perf-script/detect'
import { PerfScriptReader } from './perf-script/read'
import { qemuTraceReason } from './qemu-trace/line'
import { QemuTraceReader } from './qemu-trace/read'
import { speedscopeReason } from './speedscope/detect'
import { speedscopeSteps } from './speedscope/read'
import { looksLikePprof } from './pprof/detect'
import { PprofReader } from './pprof/read'

export interface ImportedProfile {
  profile: Profile
  format: string
  report: LoadReport
  /** The rule set that its worlds are by. */
  rules: RuleChoice
}

/** A reader that takes a file in pieces of any size. */
interface PieceReader {
  push(chunk: Uint8Array): void
  /** What takes longer than milliseconds after the last piece. */
  closing?(): Generator<void, void, void>
  finish(): { profile: Profile; report: LoadReport }
}

interface Format {
  id: string
  /** Why content that begins like this is taken for this format, or null. `whole`: there is no more of it. */
  recognise(beginning: string, whole: boolean): string | null
  /** By pieces, or with all of the content, in steps or at once: every format has one of the three. */
  pieces?(fileName: string, reason: string, beginning: string): PieceReader
  steps?(fileName: string, bytes: Uint8Array, reason: string): ReadSteps
  read?(fileName: string, bytes: Uint8Array, reason: string): ReadProfile
}

/** The texts that can be opened, asked in this order. A new one is one line here and one folder. */
const formats: readonly Format[] = [
  { id: 'speedscope', steps: speedscopeSteps, recognise: speedscopeReason },
  { id: 'cpuprofile', steps: cpuprofileSteps, recognise: cpuprofileReason },
  { id: 'firefox', steps: firefoxSteps, recognise: firefoxReason },
  { id: 'chrome-trace', steps: chromeTraceSteps, recognise: chromeTraceReason },
  { id: 'callgrind', pieces: (fileName, reason) => new CallgrindReader(fileName, reason), recognise: callgrindReason },
  { id: 'kvm-stat', read: readKvmStat, recognise: kvmStatReason },
  { id: 'qemu-trace', pieces: (fileName, reason) => new QemuTraceReader(fileName, reason), recognise: qemuTraceReason },
  { id: 'ftrace', pieces: (fileName, reason) => new FtraceReader(fileName, reason), recognise: ftraceReason },
  { id: 'perf-script', pieces: (fileName, reason) => new PerfScriptReader(fileName, reason), recognise: perfScriptReason },
  {
    id: 'folded', recognise: (beginning, whole) => foldedShape(beginning, whole)?.reason ?? null,
    pieces: (fileName, reason, beginning) => new FoldedReader(fileName, reason, foldedShape(beginning, false)?.differential ?? false),
  },
]

const seenForDetection = 1 << 18

/** Opens a profile of any known format, recognised by content. Throws a PlainErrorException that names the file. */
export function importProfile(fileName: string, bytes: Uint8Array): ImportedProfile {
  return resultOf(importSteps(fileName, sourceOfBytes(bytes)))
}

/**
 * The same from a source, in steps of some milliseconds, as far as the format allows; each yields how many of the file's
 * bytes are done, so that whoever waits sees it and can cancel.
 */
export function* importSteps(fileName: string, source: FileSource): Generator<number, ImportedProfile, void> {
  if (source.size > largestContent) throw tooLarge(fileName, 'The file has', source.size, largestContent)
  const opening = yield* beginning(fileName, source)
  const { head } = opening
  const refusal = refusalOf(head)
  if (refusal) throw new PlainErrorException({ ...refusal, where: fileName })
  const { format, profile: asFiled, report } = yield* opened(opening)
  report.notes.push(...source.remarks?.() ?? [])
  if (report.samplesKept === 0) throw new PlainErrorException({ what: `The file is ${format}, but holds no samples.`, where: fileName })
  // all is read; of the largest profiles each of these takes part of a second
  yield source.size
  const { profile, outOfOrder } = inTimeOrder(withVisibleNames(asFiled))
  report.stampsOutOfOrder += outOfOrder
  yield source.size
  const pace = paceOfProfile(profile, report.askedPerSecond)
  yield source.size
  const rules = proposeRules(profile)
  yield source.size
  const classification = classificationOf(profile, rules.set)
  yield source.size
  const worlds = worldsOf(classification)
  const { profile: rooted, world } = classification
  return {
    profile: { ...rooted, stacks: { ...rooted.stacks, world }, name: profile.name || fileName }, format, rules,
    report: { ...visibleReport(report), bytes: source.size, notApplicable: notApplicable(profile, format, pace !== null), ...(pace ? { pace } : {}), ...(worlds ? { worlds } : {}) },
  }
}

/** The columns of a profile know that it is too large, and not of which file. */
function* opened(opening: Opening): Opened {
  try {
    return (isText(opening.head) ? null : yield* openPprof(opening)) ?? (yield* openText(opening))
  } catch (thrown) {
    if (thrown instanceof PlainErrorException && thrown.plain.where === undefined) throw new PlainErrorException({ where: opening.fileName, ...thrown.plain })
    throw thrown
  }
}

/** A report quotes the file. */
function visibleReport(report: LoadReport): LoadReport {
  return {
    ...report, notes: report.notes.map(visibleName),
    firstNotUnderstood: report.firstNotUnderstood.map(({ line, text }) => ({ line, text: visibleName(text) })),
    eventTypes: report.eventTypes.map(({ name, count }) => ({ name: visibleName(name), count })),
  }
}

/** Shares of the worlds with intervals that allow for dependent samples, where single ones are known; null otherwise. */
export function worldsOf(classification: Classification): LoadedWorld[] | null {
  const counts = classification.profile.weightTypes.findIndex(isSampledCount)
  const samples = counts < 0 ? null : classifiedSamples(classification, counts)
  if (!samples?.single) return null
  return worldShares(samples).flatMap(({ world, percent, ci95, effectiveSamples, evidence }) => (percent !== null && ci95 && effectiveSamples !== null
    ? [{ world, share: percent / 100, lo: ci95[0] / 100, hi: ci95[1] / 100, effectiveSamples, words: evidence }] : []))
}

interface Opening {
  fileName: string
  /** Bytes of the file, and how many of them the beginning took. */
  size: number
  done: number
  packed: boolean
  /** The beginning, which has been taken from `source`. */
  head: Uint8Array
  source: Generator<Chunk, void, void>
  /** There is no more than the beginning. */
  whole: boolean
}

type Read = Omit<ImportedProfile, 'rules'>
type Opened = Generator<number, Read, void>

/** As much of the file as it takes to know it. */
function* beginning(fileName: string, file: FileSource): Generator<number, Opening, void> {
  const head = new Content(fileName)
  const source = chunksOf(fileName, file)
  let [packed, whole, done] = [false, false, 0]
  while (head.length < seenForDetection && !whole) {
    const next = source.next()
    if (next.done) whole = true
    else {
      head.add(next.value.bytes)
      packed = next.value.packed
      yield done = next.value.done
    }
  }
  return { fileName, size: file.size, done, packed, head: withoutMark(head.bytes()), source, whole }
}

/** Binary content: every pprof has control characters in its first bytes, and no text that we read has any. */
function isText(head: Uint8Array): boolean {
  return head.subarray(0, 4096).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13 || byte === 12)
}

/** pprof has no magic number: content that is no text must fit its frame. Null: it does not, and then it may be odd text. */
function* openPprof(opening: Opening): Generator<number, Read | null, void> {
  if (!looksLikePprof(opening.head, opening.whole)) return null
  const reader = new PprofReader(opening.fileName, withGzip(opening, 'its outermost message is a pprof profile'))
  return { format: 'pprof', ...(yield* byPieces(reader, opening)) }
}

function* byPieces(reader: PieceReader, { head, source }: Opening): Generator<number, Omit<Read, 'format'>, void> {
  reader.push(head)
  let last = 0
  for (const { bytes, done } of source) {
    reader.push(bytes)
    yield last = done
  }
  const steps = reader.closing?.()
  while (steps && !steps.next().done) yield last
  return reader.finish()
}

function* openText(opening: Opening): Opened {
  const { fileName, head, whole } = opening
  const beginning = new TextDecoder().decode(head.subarray(0, seenForDetection))
  for (const format of formats) {
    const why = format.recognise(beginning, whole && head.length <= seenForDetection)
    if (why === null) continue
    const reason = withGzip(opening, why)
    if (format.steps) return { format: format.id, ...(yield* asWhole((content) => format.steps!(fileName, content, reason), opening)) }
    if (format.read) return { format: format.id, ...format.read(fileName, yield* rest(opening), reason) }
    return { format: format.id, ...(yield* byPieces(format.pieces!(fileName, reason, beginning), opening)) }
  }
  throw new PlainErrorException({
    what: `This is ${head.includes(0) ? 'a binary file' : 'text'} of no format that Worldswitch knows.`, where: fileName,
    todo: 'It opens perf script text, folded stacks, pprof, speedscope, Chrome trace events, V8 and Firefox profiles, callgrind, perf kvm stat, ftrace and QEMU trace texts, gzipped or not, and .wsprof sessions.',
  })
}

/** Of a file whose content is there as a whole before it is read: how much of the time that takes, about. */
const contentPart = 0.2

function* asWhole(read: (content: Uint8Array) => ReadSteps, opening: Opening): Generator<number, ReadProfile, void> {
  const content = rest(opening)
  // what was read to know the format has been said already
  let done = opening.done
  let bytes = content.next()
  for (; !bytes.done; bytes = content.next()) yield done = Math.max(done, Math.floor(bytes.value * contentPart))
  const steps = read(bytes.value)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield done = Math.max(done, Math.floor(opening.size * (contentPart + (1 - contentPart) * step.value)))
  }
}

function withGzip({ packed }: Opening, why: string): string {
  return packed ? `gzip; unpacked, ${why}` : why
}

function* rest({ fileName, head, source }: Opening): Generator<number, Uint8Array, void> {
  const all = new Content(fileName)
  all.add(head)
  for (const { bytes, done } of source) {
    all.add(bytes)
    yield done
  }
  return all.bytes()
}

/** Content that has to be there as a whole. */
class Content {
  length = 0
  private held = new Uint8Array(seenForDetection * 2)

  constructor(private readonly fileName: string) {}

  add(bytes: Uint8Array): void {
    const length = this.length + bytes.length
    if (length > largestWhole) throw tooLarge(this.fileName, 'Its format has to be read as a whole, and it has more than', largestWhole, largestWhole)
    if (length > this.held.length) {
      const larger = new Uint8Array(Math.min(largestWhole, Math.max(length, this.held.length * 2)))
      larger.set(this.bytes())
      this.held = larger
    }
    this.held.set(bytes, this.length)
    this.length = length
  }

  bytes(): Uint8Array {
    return this.held.subarray(0, this.length)
  }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`

function tooLarge(fileName: string, what: string, bytes: number, limit: number): PlainErrorException {
  return new PlainErrorException({
    what: `${what} ${megabytes(bytes)}; the limit is ${megabytes(limit)}.`, where: fileName, kept: 'Nothing of the session changed.',
    todo: 'Open a shorter recording or a part of it; perf script has --time for that.',
  })
}

/** Some editors and all redirects of PowerShell begin a text with a byte order mark. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
