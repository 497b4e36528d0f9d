import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodeSession } from '../../engine/session/archive'
import { expectGolden } from './golden'

const script = fileURLToPath(new URL('../../build/cli.mjs', import.meta.url))
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

/** Everything that commands write lands here. */
let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'worldswitch-cli-')) })
afterEach(() => rmSync(folder, { recursive: true }))

/** The command line as npm starts it. */
function cli(...argumentsGiven: string[]) {
  const { status, stdout, stderr } = piped(new Uint8Array(), ...argumentsGiven)
  return { status, stdout: stdout.toString(), stderr: stderr.toString() }
}

function piped(input: Uint8Array, ...argumentsGiven: string[]) {
  const env = { ...process.env, npm_lifecycle_event: 'cli', INIT_CWD: folder }
  return spawnSync(process.execPath, [script, ...argumentsGiven], { env, input, maxBuffer: 64 << 20 })
}

// the first start may build the command line, and says so on stderr
beforeAll(() => {
  spawnSync(process.execPath, [script, '--version'])
})

function succeeds(...argumentsGiven: string[]): string {
  const { status, stdout, stderr } = cli(...argumentsGiven)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const short = ['--bytes', '2MB']

describe('run', () => {
  it.each([
    ['run-optimized', ['--vm', 'optimized']], ['run-2.0', ['--vm', '2.0']], ['run-native', ['--vm', 'native']],
    ['run-2.0-io-in-vmm', ['--vm', '2.0', '--with', 'io-in-vmm']],
    ['run-pc-350-receive', ['--machine', 'pc-350', '--direction', 'receive', '--send-size', '1024']],
    ['run-without-sampler', ['--sampler-hz', '0']],
  ])('%s', (name, options) => expectGolden(name, succeeds('run', ...options, ...short)))

  it('--json is one object of the documented schema, the same every time', () => {
    const json = succeeds('run', ...short, '--json')
    expectGolden('run-json', json)
    const report = JSON.parse(json) as Record<string, unknown>
    expect(report).toMatchObject({ schema: 'worldswitch.run/1', scenario: { machine: 'pc-733', bytes: 2_000_000, seed: 1 } })
    expect(succeeds('run', ...short, '--json')).toBe(json)
    expect(succeeds('run', ...short, '--json', '--seed', '2')).not.toBe(json)
  })

  it('--save writes a session that opens to the same figures', () => {
    const json = succeeds('run', ...short, '--json', '--save', 'saved.wsprof')
    expect(readdirSync(folder)).toEqual(['saved.wsprof'])
    const { session, warnings } = decodeSession('saved.wsprof', new Uint8Array(readFileSync(join(folder, 'saved.wsprof'))))
    expect(warnings).toEqual([])
    const [run] = session.runs
    expect(run!.kind === 'simulated' && run!.report).toEqual(JSON.parse(json))
  })
})

describe('the instruments', () => {
  it('that are not ideal say what they cannot see and what they change', () => {
    expectGolden('run-masked', succeeds('run', ...short, '--sampler', 'maskable,taken,interrupt', '--probes', 'tsc'))
  })
  it('are planned with', () => {
    expectGolden('plan', succeeds('plan', '--share', '2.5', '--resolve', '0.3', '--difference', '1', '--hz', '1000'))
  })
  it('compare several runs a side', () => {
    const text = succeeds('compare', ...short, '--seeds', '3')
    expectGolden('compare', text)
    expect(text).toMatch(/IN\/OUTs to the Lance that world switch.*lower/)
  })
})

describe('demo', () => {
  it('shows both Tables 2 and their comparison, and saves the session', () => {
    expectGolden('demo', succeeds('demo', ...short))
    const bytes = readFileSync(join(folder, 'worldswitch-demo.wsprof'))
    expect(decodeSession('demo', new Uint8Array(bytes)).session.runs.map(({ name }) => name))
      .toEqual(['VM/PC-733 2.0', 'VM/PC-733 optimized'])
    succeeds('demo', ...short, '--save', 'again.wsprof')
    expect(readFileSync(join(folder, 'again.wsprof'))).toEqual(bytes)
  })
})

describe('demo without a name', () => {
  it('never writes over another session, and saves the same one once', () => {
    writeFileSync(join(folder, 'worldswitch-demo.wsprof'), 'with somebody\'s notes')
    for (let i = 0; i < 2; i++) expect(succeeds('demo', ...short)).toContain('\nSaved worldswitch-demo-2.wsprof\n')
    expect(readFileSync(join(folder, 'worldswitch-demo.wsprof'), 'utf8')).toBe('with somebody\'s notes')
    expect(readdirSync(folder)).toEqual(['worldswitch-demo-2.wsprof', 'worldswitch-demo.wsprof'])
  })
})

describe('import', () => {
  it('shows names that would speak to the terminal as harmless text', () => {
    writeFileSync(join(folder, 'odd.txt'), 'swapper 0 [000] 1.0: 1 cpu-clock: \n\tffff1000 \u001b]0;title\u0007\u001b[31m<b>+0x1 (mod)\n\n')
    const text = succeeds('import', 'odd.txt')
    expect(text).toContain('⟨U+001B⟩]0;title⟨U+0007⟩⟨U+001B⟩[31m<b>')
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
  it('says that a session is one', () => {
    succeeds('run', ...short, '--save', 'a.wsprof')
    expect(cli('import', 'a.wsprof')).toMatchObject({ status: 2, stderr: expect.stringContaining('This is a session, not a profile.') as string })
  })
  it.each(['perf-sym-pcnet.txt.gz', 'perf-sym-system2-pcnet.txt.gz', 'go-encoding-json.pb.gz'])('%s', (name) => {
    writeFileSync(join(folder, name), readFileSync(fixture(name)))
    expectGolden(`import-${name}`, succeeds('import', name))
  })
})

describe('what cannot be done', () => {
  it('is one clear line on stderr, exit 2, and nothing written', () => {
    writeFileSync(join(folder, 'empty.txt'), '')
    writeFileSync(join(folder, 'prose.txt'), 'Dear all,\n')
    const before = readdirSync(folder)
    const refused = [
      [], ['bogus'], ['run', '--nonsense'], ['run', 'extra'], ['run', '--bytes', '0'], ['run', '--send-size', '-1'],
      ['run', '--bytes', `1${'0'.repeat(18)}`], ['run', '--bytes', '12XB'], ['run', '--seed'], ['run', '--vm', '3.0'],
      ['run', '--vm', 'native', '--with', 'io-in-vmm'], ['run', '--vm', '2.0', '--with', 'magic'], ['run', '--direction', 'up'],
      ['run', '--save', 'x.txt'], ['run', '--save', 'none/x.wsprof'], ['run', '--save', '.'], ['demo', '--bytes', '-5'],
      ['run', '--sampler', 'nmi,maskable'], ['run', '--sampler', 'vague'], ['run', '--probes', 'rdtsc'], ['plan', '--share', '5'],
      ['plan', '--share', '200', '--resolve', '1'], ['compare', '--seeds', '1'], ['compare', '--against', '3.0'],
      ['import'], ['import', 'none.txt'], ['import', 'empty.txt'], ['import', 'prose.txt'], ['import', '.'], ['import', 'a', 'b'],
    ].map((given) => {
      const { status, stdout, stderr } = cli(...given)
      expect({ given, status, stdout }).toEqual({ given, status: 2, stdout: '' })
      expect(stderr).toMatch(/^worldswitch: [^\n]+\n$/)
      return `$ worldswitch ${given.join(' ')}\n${stderr.replaceAll(folder, '.')}`
    })
    expect(readdirSync(folder)).toEqual(before)
    expectGolden('refusals', refused.join('\n'))
  })
  it('but help and version are no failures', () => {
    expectGolden('help', [['--help'], ['run', '--help'], ['diff', '--help'], ['plan', '--help']].map((given) => succeeds(...given)).join('\n'))
    expect(succeeds('--version')).toMatch(/^\d+\.\d+\.\d+ \(engine \d+\.\d+\.\d+\)\n$/)
  })
})

describe('convert', () => {
  it('writes what other programs read, and says what they cannot carry', () => {
    const said = succeeds('convert', fixture('node-tsc.cpuprofile.gz'), 'tsc.folded')
    expect(said).toContain('tsc.folded: 1,229 samples; not in it: times of samples')
    const folded = readFileSync(join(folder, 'tsc.folded'), 'utf8')
    expect(folded).toContain('(garbage collector) 161\n')
    succeeds('convert', 'tsc.folded', 'tsc.speedscope.json')
    succeeds('convert', 'tsc.speedscope.json', 'tsc.pb.gz')
    succeeds('convert', 'tsc.pb.gz', 'again.folded')
    // three formats later every stack has its samples still
    expect(readFileSync(join(folder, 'again.folded'), 'utf8')).toBe(folded)
  })

  it('reads from a pipe and writes into one, with words beside it', () => {
    const packed = readFileSync(fixture('perf-sym-system2-pcnet.txt.gz'))
    const { status, stdout, stderr } = piped(packed, 'convert', '-', '-', '--to', 'pprof')
    expect({ status, words: stderr.toString() }).toMatchObject({ status: 0, words: expect.stringContaining('846 samples') as string })
    const again = piped(stdout, 'convert', '-', '-', '--to', 'folded')
    succeeds('convert', fixture('perf-sym-system2-pcnet.txt.gz'), 'direct.folded')
    expect(again.stdout.toString()).toBe(readFileSync(join(folder, 'direct.folded'), 'utf8'))
    expect(cli('convert', 'direct.folded', '-').stderr).toContain('Say --to pprof')
    expect(cli('convert', '-', 'x.folded').stderr).toContain('standard input: The file is empty')
  })

  it('takes a run of a session by its name, and a range of it for its trace', () => {
    succeeds('run', ...short, '--save', 'short.wsprof')
    succeeds('convert', 'short.wsprof', 'run.folded')
    expect(readFileSync(join(folder, 'run.folded'), 'utf8')).toMatch(/^VMM time;/m)
    expect(cli('convert', 'short.wsprof', 'x.folded', '--run', 'nobody').stderr).toContain('has no run "nobody"')
    expect(cli('convert', 'short.wsprof', 'x.docx').stderr).toContain('The ending says no format')
    expect(cli('convert', 'short.wsprof', 'x.folded', '--range', '1..2').stderr).toContain('Only the trace of a simulated run')
    expect(cli('convert', 'short.wsprof', 'x.trace.json', '--range', '2..1').stderr).toContain('"2..1" is no range')
    succeeds('convert', 'short.wsprof', 'run.trace.json', '--range', '10..12.5')
    expect(readFileSync(join(folder, 'run.trace.json'), 'utf8')).toContain('"covers":"10.000 to 12.500 ms of ')
    expect(readdirSync(folder).sort()).toEqual(['run.folded', 'run.trace.json', 'short.wsprof'])
  })
})

describe('report', () => {
  it('writes the session\'s report as a page and as text', () => {
    succeeds('run', '--vm', 'optimized', ...short, '--save', 'short.wsprof')
    const markdown = succeeds('report', 'short.wsprof', '--html', 'short.html', '--markdown')
    expectGolden('report-of-a-run', markdown)
    const html = readFileSync(join(folder, 'short.html'), 'utf8')
    expect(html).toContain('<caption>Table 2, of VMM time</caption>')
  })

  it('refuses what is no session, and asks for a form', () => {
    writeFileSync(join(folder, 'no.wsprof'), 'nothing')
    expect(cli('report', 'no.wsprof', '--html', 'x.html').status).toBe(2)
    expect(cli('report', 'no.wsprof').stderr).toContain('--html FILE')
    expect(readdirSync(folder)).toEqual(['no.wsprof'])
  })
})
