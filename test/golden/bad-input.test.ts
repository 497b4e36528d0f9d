import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoadReport } from '../../engine/formats/load-report'
import { corpus } from '../fuzz/corpus'
import { importProfile } from '../../engine/formats/open-profile'
import { unprivileged } from '../support/unprivileged'
import { commandIn } from './command-line'

/** Files that are none, or odd ones, through the whole command: what is said names the file and what is wrong with it. */
let folder = ''
const at = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'worldswitch-bad-input-'))
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

const perf = 'main 1/2 [000] 1.000001: 5 cycles:\n\t1234 leaf+0x1 (/bin/x)\n\n'

async function imported(name: string, content: string | Uint8Array): Promise<LoadReport> {
  writeFileSync(at(name), content)
  const { status, stdout, stderr } = await commandIn(folder, ['import', at(name), '--json'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return (JSON.parse(stdout) as { report: LoadReport }).report
}

async function refused(path: string): Promise<string> {
  const { status, stdout, stderr } = await commandIn(folder, ['import', path])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  return stderr.trimEnd()
}

describe('what is no profile', () => {
  const contents: [name: string, content: string | Uint8Array, says: string][] = [
    ['empty.txt', '', 'empty.txt: The file is empty. Check that the program that wrote it has finished.'],
    ['empty.gz', gzipSync(''), 'empty.gz: The file is empty. Check that the program that wrote it has finished.'],
    ['binary.dat', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), 'binary.dat: This is a binary file of no format that Worldswitch knows.'],
    ['cut.gz', gzipSync(perf.repeat(500)).subarray(0, 60), 'cut.gz: The file is gzip, but damaged or cut off. Copy it again from where it came.'],
    ['wrong.gz', Uint8Array.from([0x1f, 0x8b, 8, 0, 9, 9, 9, 9, 9, 9, 1, 2, 3]), 'wrong.gz: The file is gzip, but damaged or cut off. Copy it again from where it came.'],
    ['utf16.txt', Buffer.from(`\ufeff${perf}`, 'utf16le'), 'utf16.txt: This is UTF-16 text. Save it as UTF-8 (a redirect of Windows PowerShell writes UTF-16).'],
    ['utf16be.txt', Buffer.from(`\ufeff${perf}`, 'utf16le').swap16(), 'utf16be.txt: This is UTF-16 text. Save it as UTF-8 (a redirect of Windows PowerShell writes UTF-16).'],
    ['line.txt', 'x'.repeat(10_000_000), 'line.txt: This is text of no format that Worldswitch knows.'],
    ['blank.txt', '\n\n \n', 'blank.txt: This is text of no format that Worldswitch knows.'],
  ]
  it.each(contents)('is refused in one line: %s', async (name, content, says) => {
    writeFileSync(at(name), content)
    expect(await refused(at(name))).toContain(says)
  })
  it('and cannot be read: no file, a folder, no permission, a link to nothing, no ordinary file', async () => {
    mkdirSync(at('folder.txt'))
    writeFileSync(at('secret.txt'), perf, { mode: 0o000 })
    symlinkSync(at('nowhere'), at('link.txt'))
    expect(await refused(at('missing.txt'))).toBe('missing.txt: The file cannot be read: there is no such file or folder.')
    expect(await refused(at('folder.txt'))).toBe('folder.txt: The file cannot be read: it is a folder.')
    expect(await refused(at('link.txt'))).toBe('link.txt: The file cannot be read: there is no such file or folder.')
    expect(await refused('/dev/null')).toBe('/dev/null: The file cannot be read: it is no ordinary file.')
    expect(await unprivileged(() => refused(at('secret.txt')))).toBe('secret.txt: The file cannot be read: permission denied.')
  })
  it('is over a limit: with its size and the limit, and before it is read', async () => {
    writeFileSync(at('huge.txt'), perf)
    truncateSync(at('huge.txt'), 2_100_000_000)
    expect(await refused(at('huge.txt'))).toMatch(/^huge\.txt: The file has 2100 MB; the limit is 2000 MB\./)
  })
})

describe('an odd profile', () => {
  it('of one stack is one', async () => {
    expect(await imported('one.txt', perf)).toMatchObject({ samplesKept: 1, notUnderstood: 0 })
    expect(await imported('one.folded', 'main;f 1')).toMatchObject({ samplesKept: 1, notUnderstood: 0 })
  })
  it('with a line of 10 MB keeps the lines around it, and shows the beginning of that one', async () => {
    const report = await imported('long.txt', `${perf}${'y'.repeat(10_000_000)}\n\n${perf}`)
    expect(report).toMatchObject({ samplesKept: 2, notUnderstood: 1, firstNotUnderstood: [{ line: 4, text: 'y'.repeat(200) }] })
    expect(report.notes).toContain('1 line was longer than 65536 bytes: the rest of each was left out')
    // its count is behind what is kept: a part of the line must not be taken for a stack
    const folded = await imported('long.folded', `${'main;f 3\n'.repeat(50)}${'a;b 12 '.repeat(1_500_000)}\nmain;g 4\n`)
    expect(folded).toMatchObject({ samplesKept: 51, notUnderstood: 1 })
    expect(folded.firstNotUnderstood[0]!.line).toBe(51)
  })
  it('with counts that are none says so by line; floats stay as they are, what is below 0 is left out', async () => {
    const report = await imported('counts.folded', `${'main;f 3\n'.repeat(200)}main;nan NaN\nmain;minus -4\nmain;part 2.5\nmain;inf Infinity\nmain;big 1e300\nmain;huge 1e999\n`)
    expect(report).toMatchObject({ samplesKept: 202, notUnderstood: 3, samplesDropped: [{ reason: 'negative counts', count: 1 }] })
    expect(report.firstNotUnderstood).toEqual([{ line: 201, text: 'main;nan NaN' }, { line: 204, text: 'main;inf Infinity' }, { line: 206, text: 'main;huge 1e999' }])
    expect(report.notes.join()).toContain('1 counts are no whole numbers')
    const speedscope = JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json', shared: { frames: [{ name: 'f' }] },
      profiles: [{ type: 'sampled', name: 't', unit: 'seconds', startValue: 0, endValue: 1, samples: [[0], [0], [0], []], weights: [1, null, 0.25] }],
    })
    expect(await imported('weights.json', speedscope)).toMatchObject({ samplesKept: 2, samplesDropped: [{ reason: 'samples without a weight', count: 2 }] })
    const v8 = JSON.stringify({ nodes: [{ id: 1, callFrame: { functionName: 'f', url: '' } }], startTime: 0, endTime: 90, samples: [1, 1, 1, 1], timeDeltas: [10, null, 20, -5] })
    const { notes, ...rest } = await imported('deltas.cpuprofile', v8)
    expect(rest).toMatchObject({ samplesKept: 4, stampsOutOfOrder: 1 })
    expect(notes).toContain('1 times between samples are no numbers: they were taken as 0')
  })
  it('with stamps that come twice or go backwards is put in order, thread by thread', async () => {
    const at2 = (thread: number, stamp: string) => `x ${thread} [000] ${stamp}: 5 cycles:\n\t1234 f (/x)\n\n`
    const text = [at2(1, '2.000000'), at2(1, '2.000000'), at2(2, '1.000000'), at2(1, '1.500000'), at2(2, '1.000001')].join('')
    expect(await imported('stamps.txt', text)).toMatchObject({ samplesKept: 5, stampsOutOfOrder: 1 })
  })
  const deep = 10_000
  const names = Array.from({ length: deep }, (_, i) => `a_call_with_a_name_${i}`)
  const depths: Record<string, () => string> = {
    folded: () => `${names.join(';')} 5\nmain;f 1\n`,
    perf: () => `a 1 1.000001: cycles:\n${names.map((name, i) => `\t${(i + 4096).toString(16)} ${name}+0x1 (/x)\n`).join('')}\n`,
    'sampled.json': () => JSON.stringify({ $schema: 'https://www.speedscope.app/file-format-schema.json', shared: { frames: names.map((name) => ({ name })) }, profiles: [{ type: 'sampled', name: 't', unit: 'none', startValue: 0, endValue: 1, samples: [names.map((_, i) => i)], weights: [1] }] }),
    'evented.json': () => JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json', shared: { frames: names.map((name) => ({ name })) },
      profiles: [{ type: 'evented', name: 't', unit: 'none', startValue: 0, endValue: 9, events: [...names.map((_, frame) => ({ type: 'O', at: 0, frame })), ...names.map((_, i) => ({ type: 'C', at: 9, frame: deep - 1 - i }))] }],
    }),
    'trace.json': () => JSON.stringify([...names.map((name) => ({ ph: 'B', name, ts: 1, pid: 1, tid: 1 })), ...names.map((name) => ({ ph: 'E', name, ts: 9, pid: 1, tid: 1 }))]),
    cpuprofile: () => JSON.stringify({ nodes: names.map((functionName, id) => ({ id, callFrame: { functionName, url: '' }, children: id + 1 < deep ? [id + 1] : [] })), startTime: 0, endTime: 2, samples: [deep - 1], timeDeltas: [1] }),
    'gecko.json': () => JSON.stringify({
      meta: { version: 24, interval: 1 }, libs: [],
      threads: [{
        name: 'T', tid: 1, pid: 1, stringTable: names, samples: { schema: { stack: 0, time: 1 }, data: [[deep - 1, 0]] },
        stackTable: { schema: { prefix: 0, frame: 1 }, data: names.map((_, i) => [i === 0 ? null : i - 1, i]) }, frameTable: { schema: { location: 0 }, data: names.map((_, i) => [i]) },
      }],
    }),
  }
  it.each(Object.keys(depths))('of ten thousand calls inside each other is read whole: %s', async (name) => {
    writeFileSync(at(`deep.${name}`), depths[name]!())
    const { status, stdout, stderr } = await commandIn(folder, ['convert', at(`deep.${name}`), '-', '--to', 'folded'])
    expect(status, stderr).toBe(0)
    const longest = stdout.split('\n').reduce((most, line) => (line.length > most.length ? line : most))
    expect(longest.split(';').length).toBeGreaterThanOrEqual(deep)
    expect((await commandIn(folder, ['import', at(`deep.${name}`)])).status).toBe(0)
  })
})

describe('stacks too deep to be written whole', () => {
  it.each(['folded', 'samples-csv'])('are refused in words: %s', async (format) => {
    // each of six thousand calls has a time of its own, and all that called it in its line
    writeFileSync(at('stairs.json'), JSON.stringify(Array.from({ length: 6000 }, (_, i) => ({ ph: 'X', name: `${'a_call_with_a_name_that_is_rather_long_'.repeat(2)}${i}`, ts: i, dur: 20_000 - i, pid: 1, tid: 1 }))))
    const { status, stderr } = await commandIn(folder, ['convert', at('stairs.json'), '-', '--to', format])
    expect(status).toBe(2)
    expect(stderr).toMatch(/^As .* it would have \d+ MB, since each stack is written whole; the limit is 500 MB\. Nothing was written\./)
  })
})

describe('every format that is read', () => {
  const texts = new Set(['perf-script', 'folded', 'callgrind', 'kvm-stat', 'ftrace', 'qemu-trace'])
  const seeds = corpus().filter(({ name }) => !name.includes('session') && !name.includes('gzip'))
  it.each(seeds.map(({ name }) => name))('means the same gzipped, and text with CRLF: %s', (name) => {
    const { bytes } = seeds.find((seed) => seed.name === name)!
    const plain = importProfile('x', bytes)
    const packed = importProfile('x', gzipSync(bytes))
    expect(packed.profile).toEqual(plain.profile)
    expect(packed.report).toEqual({ ...plain.report, bytes: packed.report.bytes, reason: `gzip; unpacked, ${plain.report.reason}` })
    if (!texts.has(plain.format)) return
    const windows = importProfile('x', new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('\n', '\r\n')))
    expect(windows.profile).toEqual(plain.profile)
    expect({ ...windows.report, bytes: 0, reason: '' }).toEqual({ ...plain.report, bytes: 0, reason: '' })
  })
  it('is in the corpus', () => {
    const source = readFileSync(new URL('../../engine/formats/open-profile.ts', import.meta.url), 'utf8')
    const ids = [...source.matchAll(/^ {2}(?:\{ |\{\n {4})id: '([\w-]+)'/gm)].map(([, id]) => id!)
    const seen = new Set(seeds.map(({ bytes }) => importProfile('x', bytes).format))
    expect([...ids, 'pprof'].filter((id) => !seen.has(id))).toEqual([])
    expect(ids.length).toBeGreaterThanOrEqual(10)
  })
})
