import { PlainErrorException } from '../plain-error'
import type { Profile } from '../profile/columns'
import { gunzip, isGzip } from './gzip'
import type { LoadReport } from './load-report'
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
import { readFolded } from './folded/read'
import { ftraceReason } from './ftrace/line'
import { readFtrace } from './ftrace/read'
import { kvmStatReason, readKvmStat } from './kvm-stat/read'
import { perfScriptReason } from './perf-script/detect'
import { readPerfScript } from './perf-script/read'
import { worldsOfProfile } from './worlds-of-profile'
import { speedscopeReason } from './speedscope/detect'
import { readSpeedscope } from './speedscope/read'
import { looksLikePprof } from './pprof/detect'
import { readPprof } from './pprof/read'

export interface ImportedProfile {
  profile: Profile
  format: string
  report: LoadReport
}

interface Format {
  id: string
  /** Why these bytes are taken for this format, or null. */
  recognise(bytes: Uint8Array, beginning: () => string): string | null
  read(fileName: string, bytes: Uint8Array, reason: string): { profile: Profile; report: LoadReport }
}

/** The formats that can be opened, asked in this order. A new one is one line here and one folder. */
const formats: readonly Format[] = [
  {
    id: 'pprof', read: readPprof,
    recognise: (bytes) => looksLikePprof(bytes) ? 'its outermost message is a pprof profile' : null,
  },
  { id: 'speedscope', read: readSpeedscope, recognise: (_, beginning) => speedscopeReason(beginning()) },
  { id: 'cpuprofile', read: readCpuprofile, recognise: (_, beginning) => cpuprofileReason(beginning()) },
  { id: 'firefox', read: readFirefox, recognise: (_, beginning) => firefoxReason(beginning()) },
  { id: 'chrome-trace', read: readChromeTrace, recognise: (_, beginning) => chromeTraceReason(beginning()) },
  { id: 'callgrind', read: readCallgrind, recognise: (_, beginning) => callgrindReason(beginning()) },
  { id: 'kvm-stat', read: readKvmStat, recognise: (_, beginning) => kvmStatReason(beginning()) },
  { id: 'ftrace', read: readFtrace, recognise: (_, beginning) => ftraceReason(beginning()) },
  { id: 'perf-script', read: readPerfScript, recognise: (_, beginning) => perfScriptReason(beginning()) },
  {
    id: 'folded', read: (fileName, bytes, reason) => readFolded(fileName, bytes, reason, foldedShape(beginningOf(bytes), true)?.differential ?? false),
    recognise: (bytes, beginning) => foldedShape(beginning(), bytes.length <= seenForDetection)?.reason ?? null,
  },
]

const seenForDetection = 1 << 18

function beginningOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, seenForDetection))
}

/** Opens a profile of any known format, recognised by content. Throws a PlainErrorException that names the file. */
export function importProfile(fileName: string, bytes: Uint8Array): ImportedProfile {
  const packed = isGzip(bytes)
  const content = packed ? gunzip(fileName, bytes) : bytes
  const refusal = refusalOf(content)
  if (refusal) throw new PlainErrorException({ ...refusal, where: fileName })
  const beginning = () => beginningOf(content)
  for (const format of formats) {
    const reason = format.recognise(content, beginning)
    if (reason === null) continue
    const { profile, report } = format.read(fileName, content, packed ? `gzip; unpacked, ${reason}` : reason)
    if (report.samplesKept === 0) {
      throw new PlainErrorException({ what: `The file is ${format.id}, but holds no samples.`, where: fileName })
    }
    const pace = paceOfProfile(profile)
    const worlds = worldsOfProfile(profile)
    return {
      profile: { ...profile, name: profile.name || fileName }, format: format.id,
      report: { ...report, bytes: bytes.length, ...(pace ? { pace } : {}), ...(worlds ? { worlds } : {}) },
    }
  }
  throw new PlainErrorException({
    what: `This is ${content.includes(0) ? 'a binary file' : 'text'} of no format that Worldswitch knows.`,
    where: fileName, todo: 'It opens perf script text, folded stacks, pprof, speedscope, Chrome trace events, V8 and Firefox profiles, callgrind, perf kvm stat and ftrace texts, gzipped or not, and .wsprof sessions.',
  })
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
