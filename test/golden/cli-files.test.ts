import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeSession, encodeSession } from '../../engine/session/archive'
import { RecordingTerminal, buildCommandLine, commandIn, fixture, shellIn, type Ended } from './command-line'
import { expectGolden } from './golden'

/** Commands that work on files: two runs of one session, two recordings, and two small profiles whose figures can be reckoned. */
let folder = ''
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'worldswitch-cli-files-'))
  buildCommandLine()
  expect((await cli('demo', '--bytes', '2MB', '--save', at('demo.wsprof'))).status).toBe(0)
  writeFileSync(at('before.folded'), 'main;work 60\nmain;wait 30\nmain;send 10\n')
  writeFileSync(at('after.folded'), 'main;work 60\nmain;wait 5\nmain;send 35\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Names with an ending that is one of a file's are files in the folder. */
const cli = (...given: string[]): Promise<Ended> =>
  commandIn(folder, given.map((word) => (/^[\w-]+\.(?:wsprof|folded|json|csv|txt|html)$|^none$|^\.$/.test(word) ? at(word) : word)))

async function succeeds(...given: string[]): Promise<string> {
  const { status, stdout, stderr } = await cli(...given)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe('table', () => {
  it('is that of a session\'s run, as when it was run, by name and by pipe', async () => {
    const text = await succeeds('table', 'demo.wsprof', '--run', 'VM/PC-733 2.0')
    expectGolden('table-of-a-run', text)
    expect(await succeeds('table', '--vm', '2.0', '--bytes', '2MB')).toBe(text)
    expect(await succeeds('run', '--vm', '2.0', '--bytes', '2MB')).toContain(text.slice(text.indexOf('Table 2'), text.indexOf('How the derived')))
    expect(shellIn(folder, 'worldswitch table - --run "VM/PC-733 2.0" < demo.wsprof').stdout).toBe(text)
  })
  it('is that of a recorded profile', async () => expectGolden('table-of-a-recording', await succeeds('table', fixture('perf-sym-pcnet.txt.gz'))))
  it('of a recorded profile is by the rules that are named, or by a file\'s', async () => {
    const capture = fixture('perf-sym-pcnet.txt.gz')
    const shares = async (...rules: string[]) => {
      const { rules: by, rows } = JSON.parse(await succeeds('table', capture, '--json', ...rules)) as { rules: { set: string }; rows: { id: string; percent: number }[] }
      return [by.set, rows.find(({ id }) => id === 'unclassified')!.percent]
    }
    writeFileSync(at('none.rules.json'), JSON.stringify({ format: 'worldswitch.rules/1', name: 'none', rules: [{ thread: 'nobody', world: 'guest', row: 'direct-execution' }] }))
    expect((await shares())[0]).toBe('qemu-tcg')
    expect((await shares())[1]).toBeLessThan(5)
    expect((await shares('--rules', 'plain-host'))[0]).toBe('plain-host')
    expect(await shares('--rules', at('none.rules.json'))).toEqual(['rules-file', 100])
    expect(await succeeds('diff', capture, capture, '--rules', at('none.rules.json'), '--functions', '0')).toMatch(/^Unclassified +total +100\.0 +100\.0 +0\.0 /m)
    expect(await succeeds('import', capture, '--rules', at('none.rules.json'))).toContain('rules: rules-file, as asked for')
  })
  it('is that of one processor or thread, and of one event, where that is asked for', async () => {
    const capture = fixture('perf-sym-system2-pcnet.txt.gz')
    const counted = async (...words: string[]) => (JSON.parse(await succeeds('table', capture, '--json', ...words)) as { samples: number; weight: { name: string } })
    expect((await counted()).samples).toBe(846)
    expect([(await counted('--only', 'CPU 0')).samples, (await counted('--only', 'CPU 1')).samples]).toEqual([424, 422])
    expect(await counted('--only', 'CPU 0/TCG 10357', '--event', 'cpu-clock')).toMatchObject({ samples: 413, weight: { name: 'cpu-clock', unit: 'nanoseconds' } })
    const { parts, only } = JSON.parse(await succeeds('import', capture, '--json', '--only', 'thread swapper 0')) as { parts: { kind: string; name: string; weight: number }[]; only: string }
    expect([parts[0], parts.at(-1), only]).toMatchObject([{ kind: 'thread', name: 'CPU 0/TCG 10357', weight: 413 }, { kind: 'processor', weight: 422 }, 'thread swapper 0'])
    expect((await cli('convert', capture, '-', '--to', 'folded', '--only', 'thread swapper 0')).stdout).toMatch(/^(?:swapper;.*\n)+$/)
    expect((await cli('table', capture, '--only', 'CPU 7')).stderr).toContain('It has no thread, process or processor "CPU 7". It has "thread swapper 0"')
    expect((await cli('import', capture, '--event', 'cycles')).stderr).toContain('It has no event or weight "cycles". It has "samples", "cpu-clock".')
  })
  it('has the same rows as JSON', async () => {
    const { rows, ...head } = JSON.parse(await succeeds('table', 'demo.wsprof', '--run', 'VM/PC-733 2.0', '--json')) as { rows: unknown[] }
    const { table } = JSON.parse(await succeeds('run', '--vm', '2.0', '--bytes', '2MB', '--json')) as { table: unknown }
    expect(rows).toEqual(table)
    expect(head).toMatchObject({ schema: 'worldswitch.table/1', file: 'demo.wsprof', run: 'VM/PC-733 2.0', kind: 'simulated', scenario: { vm: 'hosted', optimizations: [] } })
  })
})

describe('diff', () => {
  it('of the pair of a session shows Table 2, worlds and functions', async () => {
    const text = await succeeds('diff', 'demo.wsprof', '--functions', '5')
    expectGolden('diff-of-a-session', text)
    expect(await succeeds('diff', 'demo.wsprof', 'demo.wsprof', '--run-a', 'VM/PC-733 2.0', '--run-b', 'VM/PC-733 optimized', '--functions', '5')).toBe(text)
  })
  it('of two recordings', async () => {
    const files = ['perf-sym-pcnet.txt.gz', 'perf-sym-e1000.folded.gz'].map(fixture)
    expectGolden('diff-of-recordings', await succeeds('diff', ...files, '--functions', '8', '--of', 'total'))
  })
  it('as JSON, with figures that can be reckoned', async () => {
    const json = await succeeds('diff', 'before.folded', 'after.folded', '--json')
    expectGolden('diff-json', json)
    const { functions } = JSON.parse(json) as { functions: { name: string; a: number; b: number; points: number; verdict: string }[] }
    expect(functions.map(({ name, a, b, points, verdict }) => [name, a, b, points, verdict])).toEqual([
      ['wait', 30, 5, -25, 'lower'], ['send', 10, 35, 25, 'higher'], ['work', 60, 60, 0, 'no evidence'], ['main', 0, 0, 0, 'no evidence'],
    ])
  })
  it('ends with 1 when what is named grew or shrank beyond evidence, else with 0', async () => {
    const ends = async (...limits: string[]) => (await cli('diff', 'before.folded', 'after.folded', ...limits)).status
    expect(await ends('--fail-on', 'function:send')).toBe(1)
    // 25 points, but evidence only from 13.7 on
    expect(await ends('--fail-on', 'function:send:13')).toBe(1)
    expect(await ends('--fail-on', 'function:send:14')).toBe(0)
    expect(await ends('--fail-on', 'function:wait', '--fail-on', 'function:work')).toBe(0)
    expect(await ends('--fail-on-less', 'function:wait')).toBe(1)
    const { status, stdout } = await cli('diff', 'demo.wsprof', '--fail-on', 'guest-idle:30', '--fail-on', 'vmm', '--fail-on-less', 'world:vmapp')
    expect(status).toBe(1)
    expect(stdout.split('\n').filter((line) => line.startsWith('REGRESSED'))).toEqual([
      expect.stringMatching(/^REGRESSED {2}guest-idle is higher by 3\d\.\d\d points \[3\d\.\d\d, \d\d\.\d\d\]; 30 were allowed$/),
      expect.stringMatching(/^REGRESSED {2}world vmapp is lower by \d+\.\d\d points \[-\d+\.\d\d, -\d+\.\d\d\]$/),
    ])
    const json = await cli('diff', 'before.folded', 'after.folded', '--json', '--fail-on', 'function:send:1')
    expect(json.status).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ regressions: [{ limit: 'function:send:1' }] })
  })
  it('of true figures judges without intervals, and of other weights not at all', async () => {
    expect(await succeeds('diff', 'demo.wsprof', '--weight', 'true', '--functions', '3')).toContain('Worlds and functions by true: counted, without error')
    const go = fixture('go-encoding-json.pb.gz')
    expect(await cli('diff', go, go, '--weight', 'cpu', '--fail-on', 'function:runtime.mallocgc')).toEqual({
      status: 2, stdout: '', stderr: 'function runtime.mallocgc has no interval, so nothing can be judged. Compare counts of samples.\n',
    })
  })
})

describe('verify', () => {
  it('finds every run of a session as its scenario and seed give it', async () => {
    expectGolden('verify', await succeeds('verify', 'demo.wsprof'))
    expect(JSON.parse(await succeeds('verify', 'demo.wsprof', '--json')))
      .toMatchObject({ schema: 'worldswitch.verify/1', file: 'demo.wsprof', same: true, runs: [{ verdict: 'equal' }, { verdict: 'equal' }], recordedRuns: 0, damage: [] })
  })
  it('ends with 1 where a figure was changed, and names it', async () => {
    const { session } = decodeSession('demo', new Uint8Array(readFileSync(at('demo.wsprof'))))
    const [first] = session.runs
    if (first?.kind === 'simulated') first.report.throughputMbps += 1
    writeFileSync(at('changed.wsprof'), encodeSession(session))
    const { status, stdout } = await cli('verify', 'changed.wsprof')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^OTHER {2}VM\/PC-733 2\.0$/m)
    expect(stdout).toMatch(/throughputMbps: stored \d+\.\d+, recomputed \d+\.\d+/)
    expect(stdout).toMatch(/^same {3}VM\/PC-733 optimized$/m)
  })
})

describe('sweep', () => {
  const small = ['--configurations', '2.0,optimized', '--sizes', '1024,4096', '--seeds', '2', '--bytes', '300KB']
  it('prints points with intervals; as CSV, as JSON and as a session the same', async () => {
    expectGolden('sweep', await succeeds('sweep', ...small))
    expectGolden('sweep-csv', await succeeds('sweep', ...small, '--csv'))
    const { cells, ...head } = JSON.parse(await succeeds('sweep', ...small, '--json', '--save', 'sweep.wsprof', '--workers', '1')) as { cells: unknown[] }
    expect(head).toMatchObject({ schema: 'worldswitch.sweep/1', kind: 'throughput', complete: true, request: { sizes: [1024, 4096], seeds: [1, 2] } })
    expect(decodeSession('sweep', new Uint8Array(readFileSync(at('sweep.wsprof')))).session.sweeps?.throughput?.cells).toEqual(cells)
    expect(await succeeds('sweep', ...small, '--csv', '--out', 'sweep.csv')).toBe('')
    expect(readFileSync(at('sweep.csv'), 'utf8').split('\n')).toHaveLength(6)
  })
  it('keeps the points that are there when Ctrl+C ends it', async () => {
    let steps = 0
    const terminal = new RecordingTerminal(() => { if (++steps === 60) process.emit('SIGINT') })
    const { status, stdout, stderr } = await commandIn(folder, ['sweep', 'idle', '--bytes', '1MB', '--seeds', '1', '--json', '--workers', '1'], terminal)
    const { complete, cells } = JSON.parse(stdout) as { complete: boolean; cells: unknown[] }
    expect({ status, complete }).toEqual({ status: 130, complete: false })
    expect(stderr).toBe(`stopped after ${cells.length} of 6 points; they are kept\n`)
    expect(cells.length).toBeGreaterThan(0)
    expect(JSON.parse(await succeeds('sweep', 'idle', '--bytes', '1MB', '--seeds', '1', '--json'))).toMatchObject({ complete: true })
  })
})

describe('pipes', () => {
  it('carry sessions and profiles from one command to the next', async () => {
    const { status, stdout, stderr } = shellIn(folder, 'worldswitch run --bytes 300KB --save - | worldswitch report - --markdown')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^# standard input$/m)
    expect(shellIn(folder, 'cat after.folded | worldswitch diff before.folded - --fail-on function:send > /dev/null').status).toBe(1)
    expect(shellIn(folder, 'gzip -c after.folded | worldswitch import - | head -2').stdout)
      .toBe('standard input\nfolded: gzip; unpacked, 3 of its first 3 lines end in a count, and frames are joined by ";"\n')
  })
  it('are read as they come: what is no profile is refused although they never end', () => {
    const { stdout, stderr } = shellIn(folder, 'yes "Dear all: no profile" | worldswitch import -; echo ${PIPESTATUS[1]}')
    expect(stdout).toBe('2\n')
    expect(stderr).toContain('standard input: This is text of no format that Worldswitch knows.')
  })
  it('that are closed early are no error, and do not hide what was found', async () => {
    expect(shellIn(folder, 'worldswitch costs | head -1; echo ${PIPESTATUS[0]}').stdout).toMatch(/^cost .*\n0\n$/)
    expect(shellIn(folder, 'worldswitch diff before.folded after.folded --fail-on function:send | true; echo ${PIPESTATUS[0]}').stdout).toBe('1\n')
  })
  it('show no progress and no colour', async () => {
    const { stdout, stderr } = shellIn(folder, 'FORCE_COLOR=1 worldswitch run --bytes 300KB --help; NO_COLOR=1 worldswitch run --bytes 300KB')
    for (const control of ['\u001b', '\r']) expect(stdout + stderr).not.toContain(control)
  })
})

describe('what cannot be done with files', () => {
  it('is one clear line on stderr, exit 2, and nothing written', async () => {
    writeFileSync(at('empty.wsprof'), encodeSession({ ...decodeSession('demo', new Uint8Array(readFileSync(at('demo.wsprof')))).session, runs: [] }))
    writeFileSync(at('cut.wsprof'), readFileSync(at('demo.wsprof')).subarray(0, 2000))
    const before = readdirSync(folder).sort()
    const refused = [
      ['table', 'none.wsprof'], ['table', 'demo.wsprof'], ['table', 'demo.wsprof', '--run', 'nobody'], ['table', 'demo.wsprof', '--vm', '2.0'],
      ['table', 'before.folded', '--rules', 'nothing'], ['table', '--rules', 'plain-host'], ['table', 'demo.wsprof', '--run', 'VM/PC-733 2.0', '--rules', 'plain-host'],
      ['table', '--run', 'x'], ['table', 'before.folded', '--run', 'x'], ['table', 'cut.wsprof'], ['table', 'empty.wsprof'],
      ['import', '.'], ['diff'], ['diff', 'before.folded'], ['diff', 'empty.wsprof'], ['diff', 'demo.wsprof', '--run-a', 'VM/PC-733 2.0'],
      ['diff', '-', '-'], ['diff', 'demo.wsprof', 'demo.wsprof'], ['diff', 'before.folded', 'none'],
      ['diff', 'before.folded', 'after.folded', '--weight', 'x'], ['diff', 'before.folded', 'after.folded', '--of', 'all'],
      ['diff', 'before.folded', 'after.folded', '--fail-on', 'vmm'], ['diff', 'before.folded', 'after.folded', '--fail-on', 'function:nobody'],
      ['diff', 'before.folded', 'after.folded', '--fail-on', ':2'], ['diff', 'demo.wsprof', '--fail-on', 'idle'], ['diff', 'demo.wsprof', '--fail-on', 'world:x'],
      ['verify'], ['verify', 'before.folded'], ['verify', 'empty.wsprof'], ['verify', 'none.wsprof'],
      ['report', 'demo.wsprof'], ['report', 'demo.wsprof', '--html', '-', '--markdown'], ['report', 'none', '--markdown'],
      ['sweep', 'all'], ['sweep', '--sizes', '1,x'], ['sweep', '--sizes', '1024,1024'], ['sweep', '--sizes', '70000'], ['sweep', '--seeds', '0'], ['sweep', '--seeds', '31'],
      ['sweep', '--configurations', 'fast'], ['sweep', '--csv', '--json'], ['sweep', '--save', 'x.csv'], ['sweep', '--workers', '0'], ['sweep', '--bytes', '0'],
      ['calibrate', '--write', 'before.folded'], ['agreement', '--seeds', '0'], ['reference', 'html'],
    ]
    const lines: string[] = []
    for (const given of refused) {
      const { status, stdout, stderr } = await cli(...given)
      expect({ given, status, stdout }).toEqual({ given, status: 2, stdout: '' })
      expect(stderr).toMatch(/^[^\n]+\n$/)
      lines.push(`$ worldswitch ${given.join(' ')}\n${stderr}`)
    }
    expect(readdirSync(folder).sort()).toEqual(before)
    expectGolden('refusals-files', lines.join('\n'))
  })
  it('is told of what comes by a pipe too', () => {
    const lines = ['table -', 'import -', 'run --machine-file -', 'calibrate --write -'].map((line) => `worldswitch ${line} < /dev/null || echo $? >&2`)
    expectGolden('refusals-pipes', shellIn(folder, [...lines, 'worldswitch import - < . || echo $? >&2'].join(';')).stderr)
  })
  it('but damage to one run is told beside what the others give', async () => {
    const bytes = readFileSync(at('demo.wsprof'))
    // a byte in the middle of the last profile
    bytes[bytes.length - 3000]! ^= 0xff
    writeFileSync(at('damaged.wsprof'), bytes)
    const { status, stdout, stderr } = await cli('table', 'damaged.wsprof')
    expect(status).toBe(0)
    expect(stderr).toMatch(/^damaged\.wsprof: The run "[^"]+" could not be kept: .* The other runs are kept\.\n$/)
    expect(stdout).toContain('Table 2, of total time')
    expect(await cli('verify', 'damaged.wsprof')).toMatchObject({ status: 1, stdout: expect.stringContaining('DAMAGED damaged.wsprof') as string })
  })
})
