import { PlainErrorException } from '../plain-error'
import type { Classification } from '../profile/classify/classify'
import { proposeRules, type RuleChoice } from '../profile/classify/propose'
import { classificationOf } from '../profile/classify/samples'
import { tableOfProfile } from '../profile/classify/table'
import type { Profile } from '../profile/columns'
import { isSampledCount } from '../profile/compare'
import { chunksOf, isGzip, joined, type Chunk } from './gzip'
import type { LoadedWorld, LoadReport } from './load-report'
import { paceOfProfile } from './pace-of-profile'
import { callgrindReason } from './callgrind/detect'
import { readCallgrind } from './callgrind/read'
import { chromeTraceReason } from './chrome-trace/detect'
import { readChromeTrace } from './chrome-trace/read'
import { cpuprofileReason } from './cpuprofile/detect'
import { readCpuprofile } from './cpuprofile/read'
import { firefoxReason } from './firefox/detect'
import { readFirefox } from './firefox/read'
import { foldedShape } from './folded/detect'
import { FoldedReader } from './folded/read'
import { ftraceReason } from './ftrace/line'
import { readFtrace } from './ftrace/read'
import { kvmStatReason, readKvmStat } from './kvm-stat/read'
import { perfScriptReason } from './perf-script/detect'
import { PerfScriptReader } from './perf-script/read'
import { qemuTraceReason } from './qemu-trace/line'
import { QemuTraceReader } from './qemu-trace/read'
import { speedscopeReason } from './speedscope/detect'
import { readSpeedscope } from './speedscope/read'
import { looksLikePprof } from './pprof/detect'
import { readPprof } from './pprof/read'

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
  finish(): { profile: Profile; report: LoadReport }
}

interface Format {
  id: string
  /** Why content that begins like this is taken for this format, or null. `whole`: there is no more of it. */
  recognise(beginning: string, whole: boolean): string | null
  /** By pieces, or with all of the content at once: every format has one of both. */
  pieces?(fileName: string, reason: string, beginning: string): PieceReader
  read?(fileName: string, bytes: Uint8Array, reason: string): { profile: Profile; report: LoadReport }
}

/** The texts that can be opened, asked in this order. A new one is one line here and one folder. */
const formats: readonly Format[] = [
  { id: 'speedscope', read: readSpeedscope, recognise: speedscopeReason },
  { id: 'cpuprofile', read: readCpuprofile, recognise: cpuprofileReason },
  { id: 'firefox', read: readFirefox, recognise: firefoxReason },
  { id: 'chrome-trace', read: readChromeTrace, recognise: chromeTraceReason },
  { id: 'callgrind', read: readCallgrind, recognise: callgrindReason },
  { id: 'kvm-stat', read: readKvmStat, recognise: kvmStatReason },
  { id: 'qemu-trace', pieces: (fileName, reason) => new QemuTraceReader(fileName, reason), recognise: qemuTraceReason },
  { id: 'ftrace', read: readFtrace, recognise: ftraceReason },
  { id: 'perf-script', pieces: (fileName, reason) => new PerfScriptReader(fileName, reason), recognise: perfScriptReason },
  {
    id: 'folded', recognise: (beginning, whole) => foldedShape(beginning, whole)?.reason ?? null,
    pieces: (fileName, reason, beginning) => new FoldedReader(fileName, reason, foldedShape(beginning, false)?.differential ?? false),
  },
]

const seenForDetection = 1 << 18

/** Opens a profile of any known format, recognised by content. Throws a PlainErrorException that names the file. */
export function importProfile(fileName: string, bytes: Uint8Array): ImportedProfile {
  const steps = importSteps(fileName, bytes)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in steps of some milliseconds, as far as the format allows; each yields how many of the file's bytes are
 * done, so that whoever waits sees it and can cancel.
 */
export function* importSteps(fileName: string, bytes: Uint8Array): Generator<number, ImportedProfile, void> {
  const source = chunksOf(fileName, bytes)
  const first: Uint8Array[] = []
  let [seen, whole] = [0, false]
  while (seen < seenForDetection && !whole) {
    const next = source.next()
    if (next.done) whole = true
    else {
      first.push(next.value.bytes)
      seen += next.value.bytes.length
      yield next.value.done
    }
  }
  const head = joined(first)
  const refusal = refusalOf(head)
  if (refusal) throw new PlainErrorException({ ...refusal, where: fileName })
  const opening: Opening = { fileName, packed: isGzip(bytes), head, source, whole }
  const { format, profile, report } = (isText(head) ? null : yield* openPprof(opening)) ?? (yield* openText(opening))
  if (report.samplesKept === 0) throw new PlainErrorException({ what: `The file is ${format}, but holds no samples.`, where: fileName })
  const pace = paceOfProfile(profile)
  const rules = proposeRules(profile)
  const classification = classificationOf(profile, rules.set)
  const worlds = worldsOf(classification)
  const { profile: rooted, world } = classification
  return {
    profile: { ...rooted, stacks: { ...rooted.stacks, world }, name: profile.name || fileName }, format, rules,
    report: { ...report, bytes: bytes.length, ...(pace ? { pace } : {}), ...(worlds ? { worlds } : {}) },
  }
}

/** Intervals that allow for dependent samples, where single ones are known; null otherwise. */
function worldsOf(classification: Classification): LoadedWorld[] | null {
  const counts = classification.profile.weightTypes.findIndex(isSampledCount)
  const table = counts < 0 ? null : tableOfProfile(classification, counts)
  if (!table?.single) return null
  return table.worlds.flatMap(({ world, percent, ci95, effectiveSamples, evidence }) => (ci95 && effectiveSamples !== null
    ? [{ world, share: percent / 100, lo: ci95[0] / 100, hi: ci95[1] / 100, effectiveSamples, words: evidence }] : []))
}

interface Opening {
  fileName: string
  packed: boolean
  /** The beginning, which has been taken from `source`. */
  head: Uint8Array
  source: Generator<Chunk, void, void>
  /** There is no more than the beginning. */
  whole: boolean
}

type Read = Omit<ImportedProfile, 'rules'>
type Opened = Generator<number, Read, void>

/** Binary content: every pprof has control characters in its first bytes, and no text that we read has any. */
function isText(head: Uint8Array): boolean {
  return head.subarray(0, 4096).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13 || byte === 12)
}

/** pprof has no magic number: the whole content must fit its frame. Null: it does not, and then it may be odd text. */
function* openPprof(opening: Opening): Generator<number, Read | null, void> {
  const content = yield* rest(opening)
  if (!looksLikePprof(content)) {
    opening.head = content
    opening.whole = true
    return null
  }
  const reason = withGzip(opening, 'its outermost message is a pprof profile')
  return { format: 'pprof', ...readPprof(opening.fileName, content, reason) }
}

function* openText(opening: Opening): Opened {
  const { fileName, head, whole } = opening
  const beginning = new TextDecoder().decode(head.subarray(0, seenForDetection))
  for (const format of formats) {
    const why = format.recognise(beginning, whole && head.length <= seenForDetection)
    if (why === null) continue
    const reason = withGzip(opening, why)
    if (format.read) return { format: format.id, ...format.read(fileName, yield* rest(opening), reason) }
    const reader = format.pieces!(fileName, reason, beginning)
    reader.push(head)
    for (const { bytes, done } of opening.source) {
      reader.push(bytes)
      yield done
    }
    return { format: format.id, ...reader.finish() }
  }
  throw new PlainErrorException({
    what: `This is ${head.includes(0) ? 'a binary file' : 'text'} of no format that Worldswitch knows.`, where: fileName,
    todo: 'It opens perf script text, folded stacks, pprof, speedscope, Chrome trace events, V8 and Firefox profiles, callgrind, perf kvm stat, ftrace and QEMU trace texts, gzipped or not, and .wsprof sessions.',
  })
}

function withGzip({ packed }: Opening, why: string): string {
  return packed ? `gzip; unpacked, ${why}` : why
}

function* rest({ head, source }: Opening): Generator<number, Uint8Array, void> {
  const all = [head]
  for (const { bytes, done } of source) {
    all.push(bytes)
    yield done
  }
  return joined(all)
}

/** Files that people do open and that can be named: a better answer than "unknown format". */
function refusalOf(bytes: Uint8Array): { what: string; todo: string } | null {
  const startsWith = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte)
  if (bytes.length === 0) {
    return { what: 'The file is empty.', todo: 'Check that the program that wrote it has finished.' }
  }
  if (startsWith(...ascii('PERFILE2')) || startsWith(...ascii('2ELIFREP'))) {
    return {
      what: "This is perf's binary perf.data, which only perf itself can read with the symbols of its machine.",
      todo: 'Run `perf script -i <file> > profile.txt` there and open that text.',
    }
  }
  if (startsWith(0xff, 0xfe) || startsWith(0xfe, 0xff)) {
    return { what: 'This is UTF-16 text.', todo: 'Save it as UTF-8 (a redirect of Windows PowerShell writes UTF-16).' }
  }
  if (startsWith(0x50, 0x4b, 3, 4)) {
    return {
      what: 'This is a zip archive and no profile.',
      todo: 'Unpack it, or open it as a session if it is one.',
    }
  }
  if (startsWith(0x28, 0xb5, 0x2f, 0xfd)) return { what: 'This file is packed with zstd.', todo: 'Unpack it first.' }
  if (startsWith(0xfd, ...ascii('7zXZ'))) return { what: 'This file is packed with xz.', todo: 'Unpack it first.' }
  return null
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}
