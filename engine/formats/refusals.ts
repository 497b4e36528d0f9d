import { isPerfData } from './perf-data/detect'
import { elsewhere, perfDataWords } from './perf-data/words'

/** What is said of a file that is recognised and not read. */
export interface Refusal {
  what: string
  todo: string
}

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))

const packed = (program: string): Refusal => ({ what: `This file is packed with ${program}.`, todo: 'Unpack it first.' })

/** First bytes of files that people do open and that can be named: a better answer than "unknown format". */
const magics: readonly [magic: readonly number[], refusal: Refusal][] = [
  [[0x50, 0x4b, 3, 4], { what: 'This is a zip archive and no profile.', todo: 'Unpack it, or open it as a session if it is one.' }],
  [[0x28, 0xb5, 0x2f, 0xfd], packed('zstd')],
  [[0xfd, ...ascii('7zXZ')], packed('xz')],
  [ascii('BZh'), packed('bzip2')],
  [[0x04, 0x22, 0x4d, 0x18], packed('lz4')],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], packed('7-Zip')],
  [[0x17, 8, 0x44, ...ascii('tracing')], { what: 'This is the binary trace.dat of trace-cmd.', todo: 'Run `trace-cmd report` and open that text.' }],
  [[0x7f, ...ascii('ELF')], { what: 'This is a program and no profile of one.', todo: 'Record it with `perf record -g`, then open the text of `perf script`.' }],
  [[0xd4, 0xc3, 0xb2, 0xa1], { what: 'This is a capture of network packets (pcap) and no profile.', todo: 'Record where the time goes with `perf record -a -g`.' }],
  [ascii('JSLB'), { what: "This is Firefox Profiler's packed form (JSLB).", todo: 'Save the profile there as JSON.' }],
]

/** One of the first bytes of UTF-16 text of western letters is 0, in every second place. */
function isUtf16(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true
  const seen = Math.min(bytes.length, 512) & ~1
  const zeros = [0, 0]
  for (let i = 0; i < seen; i++) if (bytes[i] === 0) zeros[i & 1]!++
  const [even, odd] = zeros as [number, number]
  return seen >= 8 && Math.min(even, odd) === 0 && Math.max(even, odd) > 0.4 * seen
}

const straceCall = /^(?:\[pid\s+\d+\] |\d+\s+)?(?:\d\d:\d\d:\d\d(?:\.\d+)? |\d+\.\d+ )?(?:[a-z]\w*\(.*(?:\)\s+= (?:-?\d|0x|\?)|<unfinished \.\.\.>$)|<\.\.\. \w+ resumed>|--- SIG|\+\+\+ exited)/

/** Texts of programs that are often taken for profiles, by their first lines. */
const texts: readonly [seen: (lines: readonly string[]) => boolean, refusal: Refusal][] = [
  [
    (lines) => lines.length >= 2 && lines.filter((line) => straceCall.test(line)).length >= 0.8 * lines.length,
    { what: 'This is output of strace: system calls without stacks of the program.', todo: 'Record where the time goes with `perf record -g`, then open the text of `perf script`.' },
  ],
  [
    (lines) => lines.some((line) => /^\s*Performance counter stats for /.test(line)),
    { what: 'This is output of perf stat: totals without samples.', todo: 'Record samples with `perf record -g`, then open the text of `perf script`.' },
  ],
  [
    (lines) => lines.some((line) => /^# Overhead\s|^# (?:Children|To display the perf\.data header info)\b/.test(line)),
    { what: 'This is output of perf report, which has no single stacks any more.', todo: 'Run `perf script -i perf.data > profile.txt` and open that text.' },
  ],
]

/** Why content that begins like this is not read, or null: it may be a profile. */
export function refusalOf(head: Uint8Array): Refusal | null {
  if (head.length === 0) return { what: 'The file is empty.', todo: 'Check that the program that wrote it has finished.' }
  if (isPerfData(head)) return { what: perfDataWords, todo: elsewhere({ file: 'perf.data' }) }
  const known = magics.find(([magic]) => magic.every((byte, i) => head[i] === byte))
  if (known) return known[1]
  if (isUtf16(head)) return { what: 'This is UTF-16 text.', todo: 'Save it as UTF-8 (a redirect of Windows PowerShell writes UTF-16).' }
  if (String.fromCharCode(...head.subarray(257, 262)) === 'ustar') return { what: 'This is a tar archive and no profile.', todo: 'Unpack it first.' }
  const lines = new TextDecoder().decode(head.subarray(0, 8192)).split(/\r?\n/, 60).filter((line) => line.trim() !== '').slice(0, 40)
  return texts.find(([seen]) => seen(lines))?.[1] ?? null
}
