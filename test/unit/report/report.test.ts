import { Command } from 'commander'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addScenarioOptions, scenarioOf, type ScenarioOptions } from '../../../engine/cli/scenario-options'
import { parseMachineFile } from '../../../engine/machine/machine-file'
import {
  canonicalScenario, defaultScenario, machineIds, optimizationIds, samplerSchema, whatIfIds, type Scenario,
} from '../../../engine/machine/scenario'
import { placeWords, reportOf as reportWith } from '../../../engine/report/content'
import { htmlReport, htmlText } from '../../../engine/report/html'
import { markdownReport } from '../../../engine/report/markdown'
import { commandOf, machineFileOf } from '../../../engine/report/reproduce'
import { emptyView, type SessionDocument, type SessionRun } from '../../../engine/session/document'
import { importProfile } from '../../../engine/formats/open-profile'
import { tableOfRun, tablesOfRecordings } from '../../../engine/report/tables-of-recordings'
import { fixture } from '../formats/readers'
import { importedRun, simulatedRun } from '../renderer/fixture'
import { expectGolden } from '../../golden/golden'

const session = (more: Partial<SessionDocument> = {}): SessionDocument => ({
  notes: 'First line\nsecond line', view: { ...emptyView, compare: { a: 'a', b: 'b' } },
  runs: [simulatedRun('a', { optimizations: [] }, 0), simulatedRun('b'), importedRun('c')],
  pins: [
    { id: '1', text: 'on a row', at: { kind: 'row', run: 'b', row: 'guest-idle' } },
    { id: '2', text: 'on a frame', at: { kind: 'frame', run: 'b', path: ['module\nVMM', 'module\nguest idle'] } },
    { id: '3', text: 'on a range', at: { kind: 'range', run: 'b', unit: 'cycles', from: 0, to: 7_330_000 } },
  ],
  ...more,
})

/** As the command line makes it. */
const reportOf = (document: SessionDocument, name: string | null) => reportWith(document, name, { tables: tablesOfRecordings(document) })

const hostile = '</p><script>alert(1)</script>\u202E"\' | `x` [a](javascript:b) <img src=x onerror=y> \u0000&amp;'

describe('the report', () => {
  test('as HTML', () => expectGolden('report-html', htmlReport(reportOf(session(), 'paper.wsprof'))))
  test('as Markdown', () => expectGolden('report-markdown', markdownReport(reportOf(session(), 'paper.wsprof'))))

  test('counts a recording by its samples, not by the rows of its file', () => {
    const counted = importedRun('c')
    const text = htmlReport(reportOf(session({ runs: [{ ...counted, source: { ...counted.source, report: { ...counted.source.report, samplesKept: 3 } } }] }), null))
    const samples = counted.profile.samples.weights[0]!.reduce((sum, weight) => sum + weight, 0)
    expect(text).toContain(`${samples} samples.`)
    expect(text).not.toContain('3 samples.')
  })

  test('has every row of Table 2 of every simulated run, with its interval', () => {
    const text = htmlReport(reportOf(session(), null))
    const [run] = session().runs
    if (run?.kind !== 'simulated') throw new Error('the fixture changed')
    for (const row of run.report.table) expect(text.split(`<th scope="row">${htmlText(row.label)}</th>`).length - 1, row.label).toBeGreaterThanOrEqual(3)
  })

  test('has Table 2 of a recording by its rules with intervals, as the command line has it, and of a pair with a recording', () => {
    const read = (name: string) => {
      const { profile, format, report, rules } = importProfile(name, fixture(name))
      return { kind: 'imported', id: name.replace(/\W/g, '-'), name, source: { fileName: name, format, report }, rules, profile } satisfies SessionRun
    }
    const [a, b] = [read('perf-sym-pcnet.txt'), read('perf-sym-e1000.folded')]
    const text = markdownReport(reportOf({ notes: '', view: emptyView, runs: [a, b] }, null))
    expect(text).toContain('Rows and worlds are by the rules QEMU without KVM (TCG): it has a thread')
    expect(text).toMatch(/\| Transmitting via the VMNet \| 302 \| 6\.9 \| \[6\.0, 7\.9\] \| 2,635 \| sampled \|/)
    expect(text).toMatch(/\| Unclassified \| 0 \| 0\.0/)
    expect(text).toMatch(/\*\*Table 2, of VMM time\*\*/)
    expect(text).toMatch(/\| Emulating the card's registers \| total time \| 4\.2 \| .*lower/)
    const log = read('pcnet-tx.log')
    const ports = markdownReport(reportOf({ notes: '', view: emptyView, runs: [log] }, null))
    expect(ports).toContain('pcnet: from the first frame to the last 15.86 accesses and 0.99 interrupts')
    expect(ports).toContain('there are no intervals')
    expect(ports).toContain('36,822 events.')
    // the window gives what the engine has worked out
    const tables = new Map([[a.id, { ...tableOfRun(a, undefined), rows: [] }]])
    expect(markdownReport(reportWith({ notes: '', view: emptyView, runs: [a] }, null, { tables }))).toContain('Table 2, of VMM time: nothing was recorded.')
  })

  test('of an empty session is a report too', () => {
    const empty = reportOf({ notes: '', runs: [], view: emptyView }, null)
    expect(htmlReport(empty)).toContain('0 runs')
    expect(markdownReport(empty)).not.toContain('Comparison')
  })

  test('loads nothing and runs nothing', () => {
    const text = htmlReport(reportOf(session(), null))
    expect(text).toContain("default-src 'none'")
    expect(text).not.toMatch(/<script|<link|<iframe|src=|href=|@import|url\(/)
  })

  test('lets no name, note or file speak HTML or Markdown', () => {
    const runs = session().runs.map((run) => ({ ...run, name: hostile }))
    const document = session({ notes: hostile, runs, pins: [{ id: '1', text: hostile, at: { kind: 'run', run: 'a' } }] })
    const html = htmlReport(reportOf(document, hostile))
    expect(html).not.toMatch(/<script|<img|\u202E/)
    expect(html.includes('\u0000')).toBe(false)
    expect(html).toContain('&lt;script&gt;')
    const markdown = markdownReport(reportOf(document, hostile))
    // every sign that could begin markup has a backslash before it
    expect(markdown).not.toMatch(/(^|[^\\])<(script|img|\/p)/)
    expect(markdown).not.toMatch(/[^\\]\]\(/)
    for (const line of markdown.split('\n').filter((one) => one.startsWith('| '))) {
      expect(line.replace(/\\\|/g, '').split('|').length).toBeGreaterThan(3)
    }
  })

  test('any text in a table keeps the table\'s columns', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const lines = markdownReport(reportOf(session({ runs: [{ ...simulatedRun('a'), name }] }), null)).split('\n')
      const head = lines.findIndex((one) => one.startsWith('| Run |'))
      expect(lines[head + 2]!.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|')).toHaveLength(lines[head]!.split('|').length)
    }), { numRuns: 50 })
  })

  test('knows where the time of a run went that nobody sampled', () => {
    const run = simulatedRun('a')
    const { samples } = run.profile
    const unsampled = { ...run, profile: { ...run.profile, samples: { ...samples, weights: [samples.weights[0]!.map(() => 0), samples.weights[1]!] } } }
    const text = markdownReport(reportOf(session({ runs: [unsampled] }), null))
    expect(text).not.toContain('nothing was recorded')
    expect(text).toMatch(/Worlds, of total time \(cycles, true\)[^]*\| Guest idle \| 23\.2 \|/)
  })

  test('calls a sweep by the machine it was run on', () => {
    const figure = { n: 1, mean: 50, sd: null, ci95: null, evidence: '' }
    const sweep = {
      request: { machine: 'pc-733' as const, custom: { name: 'my | PC', mhz: 500 }, configurations: ['2.0' as const], sizes: [4096], seeds: [1], bytes: 1000 },
      cells: [{ configuration: '2.0' as const, sendSize: 4096, throughputMbps: figure, idlePercent: figure }],
    }
    const text = markdownReport(reportOf(session({ sweeps: { idle: sweep } }), null))
    expect(text).toContain('my \\| PC, a machine of one\'s own based on PC-733, 1,000 bytes a run')
    expect(text).toContain('directly measured, % of total time')
    expect(text).not.toContain('stopped')
    const stopped = { ...sweep, request: { ...sweep.request, sizes: [4096, 8192] } }
    expect(markdownReport(reportOf(session({ sweeps: { idle: stopped } }), null))).toContain('stopped after 1 of 2 points')
  })

  test('says what notes are pinned to', () => {
    const { pins, runs } = session()
    expect(pins!.map(({ at }) => placeWords(at, runs))).toEqual([
      'Guest idle, Table 2 of VM/PC-733 optimized', 'VMM > guest idle, in VM/PC-733 optimized',
      expect.stringMatching(/ to 10\.0 ms of VM\/PC-733 optimized$/) as string,
    ])
    expect(placeWords({ kind: 'run', run: 'gone' }, runs)).toBe('a run that is no longer there')
  })
})

const scenarios = fc.record({
  machine: fc.constantFrom(...machineIds), vm: fc.constantFrom('native' as const, 'hosted' as const),
  optimizations: fc.subarray([...optimizationIds]), whatIfs: fc.subarray([...whatIfIds]),
  direction: fc.constantFrom('send' as const, 'receive' as const), sendSize: fc.integer({ min: 1, max: 65536 }),
  bytes: fc.integer({ min: 1, max: 1e9 }), seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  samplerHz: fc.integer({ min: 0, max: 2000 }),
  sampler: fc.record({
    clock: fc.constantFrom(...samplerSchema.shape.clock.options), timer: fc.constantFrom(...samplerSchema.shape.timer.options),
    sees: fc.constantFrom(...samplerSchema.shape.sees.options), cost: fc.constant('free' as const),
    attribution: fc.constantFrom(...samplerSchema.shape.attribution.options),
  }),
  probes: fc.constantFrom('free' as const, 'tsc' as const),
}).map(({ optimizations, whatIfs, ...rest }): Scenario => (rest.vm === 'native'
  ? { ...rest, optimizations: [], whatIfs: [] } : { ...rest, optimizations, whatIfs }))

test('the command line under a run gives its very scenario', () => {
  fc.assert(fc.property(scenarios, (scenario) => {
    const command = addScenarioOptions(new Command('run')).exitOverride()
    command.parse(commandOf(scenario).replace('npm run cli -- run ', '').split(' '), { from: 'user' })
    expect(scenarioOf(command.opts<ScenarioOptions>())).toEqual(canonicalScenario(scenario))
  }))
})

test('a machine of one\'s own is given as the file that makes it', () => {
  const custom = { name: 'fast', mhz: 1000 }
  const scenario: Scenario = { ...defaultScenario, custom }
  expect(commandOf(scenario)).toContain('--machine-file machine.json')
  const file = parseMachineFile('machine.json', new TextEncoder().encode(machineFileOf(scenario)!))
  expect(file).toEqual({ machine: 'pc-733', custom })
  expect(machineFileOf(defaultScenario)).toBeNull()
})
