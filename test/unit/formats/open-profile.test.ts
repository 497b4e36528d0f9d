import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gzip } from '../../../engine/formats/gzip'
import { appliedFacts, loadFacts, unappliedWords } from '../../../engine/formats/load-facts'
import { importProfile } from '../../../engine/formats/open-profile'
import { writePprof } from '../../../engine/formats/pprof/write'
import { PlainErrorException } from '../../../engine/plain-error'
import { folded } from '../profile/build'

const text = (content: string) => new TextEncoder().encode(content)
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)))

describe('the load report in words', () => {
  const reportOf = (name: string) => importProfile(name, fixture(name)).report

  it('has every field for every format, with its figure or why it does not apply', () => {
    const fields = ['size', 'lines read', 'samples without frames', 'stamps out of order', 'unknown symbols', 'interval asked for', 'interval found', 'gaps']
    for (const name of readdirSync(new URL('../../fixtures', import.meta.url)).filter((one) => one.endsWith('.gz'))) {
      const report = reportOf(name)
      const facts = new Map(loadFacts(report))
      for (const field of fields) expect(facts.get(field), `${field} of ${name}`).toMatch(/\d|nothing|does not apply: |the file does not say/)
      expect([...facts.keys()].some((label) => label.startsWith('left out')), name).toBe(true)
      // what applies and what does not are all of them
      const unapplied = unappliedWords(report).flatMap((words) => words.slice(0, words.indexOf(':')).split(', '))
      expect([...appliedFacts(report).map(([label]) => label), ...unapplied].sort()).toEqual([...facts.keys()].sort())
    }
  })
  it('takes no duration for an interval that was asked for: only a clock\'s period, the header or the file\'s own field', () => {
    const asked = (name: string) => new Map(loadFacts(reportOf(name))).get('interval asked for')
    expect(asked('perf-sym-pcnet.txt.gz')).toBe('1.00 ms (997 a second)')
    expect(asked('node-tsc.cpuprofile.gz')).toBe('the file does not say')
    expect(asked('go-encoding-json.pb.gz')).toBe('does not apply: the file has no times of samples')
    const gecko = JSON.stringify({
      meta: { version: 24, interval: 0.5, processType: 0 }, libs: [],
      threads: [{ name: 'T', tid: 1, stringTable: ['f'], samples: { schema: { stack: 0, time: 1 }, data: [[0, 0], [0, 1], [0, 3]] }, stackTable: { schema: { prefix: 0, frame: 1 }, data: [[null, 0]] }, frameTable: { schema: { location: 0 }, data: [[0]] } }],
    })
    expect(new Map(loadFacts(importProfile('x', text(gecko)).report)).get('interval asked for')).toBe('500 µs (2000 a second)')
  })
  it('counts lines of text only', () => {
    expect(unappliedWords(reportOf('node-tsc.cpuprofile.gz'))).toEqual(['lines read: the file is one JSON value'])
    expect(unappliedWords(reportOf('pcnet-tx-nots.log.gz'))).toContain('stamps out of order: the file has no times of samples')
  })
})

describe('importProfile', () => {
  it('recognises formats by content, whatever the name says', () => {
    const perf = importProfile('profile.bin', fixture('perf-sym-pcnet.txt.gz'))
    expect([perf.format, perf.report.samplesKept, perf.profile.name]).toEqual(['perf-script', 4385, 'profile.bin'])
    expect(perf.report.reason).toBe('gzip; unpacked, line 1 is the head of a perf script sample (event cpu-clock)')
    const go = importProfile('perf.txt', fixture('go-encoding-json.pb.gz'))
    expect(go.format).toBe('pprof')
    expect(go.report.reason).toContain('pprof')
    expect(importProfile('x', writePprof(folded('a 1'))).profile.name).toBe('folded')
  })
  it('finds perf script below a header and an unreadable line', () => {
    const header = `# ========\n${'# key : value\n'.repeat(300)}#\nWarning: something\n\n`
    expect(importProfile('x', text(`${header}a 1 1.000001: cycles:\n\t1 f (m)\n\n`)).report).toMatchObject({ samplesKept: 1, notUnderstood: 1 })
  })
  it('reads a text that begins with a byte order mark', () => {
    const { format, report, profile } = importProfile('x', text('\ufeffmain;f 1\nmain;g 2\n'))
    expect([format, report.samplesKept, profile.frames.name[0]]).toEqual(['folded', 2, 'main'])
  })
  const refused: [what: string, bytes: Uint8Array][] = [
    ['The file is empty', new Uint8Array(0)],
    ['The file is empty', gzip(new Uint8Array(0))],
    ["perf's binary perf.data", text('PERFILE2\0\0\0')],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 65, 0, 10, 0])],
    ['zip archive', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
    ['zstd', new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0])],
    ['UTF-16', new Uint8Array(Buffer.from('a 1 1.000001: cycles:\n', 'utf16le'))],
    ['packed with xz', new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
    ['packed with bzip2', text('BZh91AY&SY')],
    ['tar archive', text(`${'x'.repeat(257)}ustar\0`)],
    ['trace.dat of trace-cmd', new Uint8Array([0x17, 8, 0x44, ...text('tracing6')])],
    ['output of strace', text('execve("/bin/ls", ["ls"], 0x7ffd /* 9 vars */) = 0\nbrk(NULL)      = 0x5581\nread(3, "a;b", 4096) = 3\n+++ exited with 0 +++\n')],
    ['output of strace', text('[pid   812] 12:00:01.000123 futex(0x7f, FUTEX_WAIT, 2, NULL <unfinished ...>\n[pid   811] 12:00:01.000150 <... read resumed>"x", 1) = 1\n')],
    ['output of perf stat', text('\n Performance counter stats for \'sleep 1\':\n\n   1.00 msec task-clock\n')],
    ['output of perf report', text('# To display the perf.data header info, please use --header\n#\n# Overhead  Command  Shared Object  Symbol\n    1.00%  a  b  [.] c\n')],
    ['binary file of no format', new Uint8Array([1, 2, 0, 4, 250, 6])],
    ['text of no format', text('Dear all,\nthe time is 12:30 or 3.5: so what?\n')],
    ['damaged or cut off', fixture('perf-sym-pcnet.txt.gz').subarray(0, 1000)],
  ]
  it.each(refused)('refuses by name: %s', (what, bytes) => {
    const attempt = () => importProfile('my file.txt', bytes)
    expect(attempt).toThrow(PlainErrorException)
    expect(attempt).toThrow(what)
    try {
      attempt()
    } catch (thrown) {
      expect((thrown as PlainErrorException).plain.where).toBe('my file.txt')
    }
  })
})
