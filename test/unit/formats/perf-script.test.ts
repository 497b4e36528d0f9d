import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gunzip } from '../../../engine/formats/gzip'
import { inlineFrameText, parseHead } from '../../../engine/formats/perf-script/head'
import { importProfile } from '../../../engine/formats/open-profile'
import { readPerfScript } from '../../../engine/formats/perf-script/read'
import { stackCount } from '../../../engine/profile/columns'
import type { Profile } from '../../../engine/profile/columns'

const read = (text: string) => readPerfScript('x', new TextEncoder().encode(text))
const fixture = (name: string) =>
  gunzip(name, new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))))

/** Every row as 'root;..;leaf weight/weight'. */
function rows(profile: Profile): string[] {
  return Array.from(profile.samples.stack, (leaf, row) => {
    const names: string[] = []
    for (let at = leaf; at >= 0; at = profile.stacks.parent[at]!) names.unshift(profile.frames.name[profile.stacks.frame[at]!]!)
    return `${names.join(';')} ${profile.samples.weights.map((column) => column[row]).join('/')}`
  })
}

describe('real captures', () => {
  it('perf-sym-pcnet has 4385 samples and nothing that is not understood', () => {
    const { profile, report } = readPerfScript('pcnet', fixture('perf-sym-pcnet.txt.gz'))
    expect(report).toMatchObject({
      samplesKept: 4385, notUnderstood: 0, samplesDropped: [], stampsOutOfOrder: 0, samplesWithoutFrames: 1,
      eventTypes: [{ name: 'cpu-clock', count: 4385 }],
    })
    expect(profile.threads).toEqual(['CPU 0/TCG 5580', 'qemu-system-x86 5568'])
    expect(profile.weightTypes).toEqual([
      { name: 'samples', unit: 'count', kind: 'sampled' }, { name: 'cpu-clock', unit: 'nanoseconds', kind: 'sampled' },
    ])
    expect(profile.samples.weights[1]!.every((period) => period === 1003009)).toBe(true)
  })
  it('finds the known share of stacks through the device and through sendto', () => {
    const { profile } = readPerfScript('pcnet', fixture('perf-sym-pcnet.txt.gz'))
    const through = (match: (name: string) => boolean) =>
      rows(profile).filter((row) => row.slice(0, row.lastIndexOf(' ')).split(';').some(match)).length / 4385
    // the captures' own notes: 5.5 %, 7.8 % and 4.5 %, counted by an independent script
    expect(through((name) => name === 'pcnet_ioport_writew')).toBeCloseTo(0.055, 3)
    expect(through((name) => name.startsWith('pcnet_'))).toBeCloseTo(0.078, 3)
    expect(through((name) => name === '__x64_sys_sendto')).toBeCloseTo(0.045, 2)
  })
  it('perf-sym-system2-pcnet has 846 samples, 354 of them idle', () => {
    const { profile, report } = readPerfScript('system', fixture('perf-sym-system2-pcnet.txt.gz'))
    expect(report.samplesKept).toBe(846)
    expect(report.notes).toContain('354 samples of the idle task (swapper) are shown as idle: nothing ran on that CPU')
    const swapper = profile.threads.indexOf('swapper 0')
    expect(profile.samples.thread!.filter((thread) => thread === swapper).length).toBe(354)
  })
})

describe('head lines', () => {
  const heads: [line: string, expected: Record<string, unknown>][] = [
    ['CPU 0/TCG  5580  3775.519024:    1003009 cpu-clock: ', { comm: 'CPU 0/TCG', tid: 5580, period: 1003009, event: 'cpu-clock' }],
    ['swapper     0 [000]  3923.856253:    2004008 cpu-clock:u: ', { comm: 'swapper', tid: 0, event: 'cpu-clock:u' }],
    ['FS Broker 5858  5791/5860  1.000001: cycles:', { comm: 'FS Broker 5858', pid: 5791, tid: 5860, period: null }],
    ['FS Broker 5858  5860 [001]  1.000001: cycles:', { comm: 'FS Broker 5858', pid: null, tid: 5860 }],
    ['a 1/2 1.000001: cycles:', { comm: 'a', pid: 1, tid: 2 }],
    ['             cc1 12 [003]   7.000001:   99 cycles:ppp:', { comm: 'cc1', tid: 12, event: 'cycles:ppp' }],
    [':-1    -1 [000]  1.000001: cycles:', { comm: ':-1', tid: -1 }],
    ['VM: 5200 VCPU:001 CPU 1/KVM 10/11 [002] 1.000001: cycles:', { comm: 'CPU 1/KVM', pid: 10, tid: 11, guest: true }],
    ['qemu 10/11 [002] G      5.000001: cycles:HG:', { comm: 'qemu', tid: 11, misc: 'G' }],
    ['x 1 2026-11-22 12:00:00.123456 5.000001: cycles:', { comm: 'x', tid: 1 }],
    ['x 1 5.123456789: cycles:', { seconds: 5, nanoseconds: 123456789 }],
    ['x 1 [000] 5.000001: sched:sched_switch: prev_comm=a:b prev_pid=1', { event: 'sched:sched_switch', rest: 'prev_comm=a:b prev_pid=1' }],
    ['x 1 5.000001: 12 cycles: ffffffff821f4dab native_halt+0xb ([kernel.kallsyms])', { event: 'cycles', rest: 'ffffffff821f4dab native_halt+0xb ([kernel.kallsyms])' }],
    ['x 12  34 cycles:', { comm: 'x', tid: 12, period: 34, seconds: null }],
  ]
  it.each(heads)('%s', (line, expected) => expect(parseHead(line)).toMatchObject(expected))
  it.each(['', 'hello world', '1.000001: cycles:', 'x 1.000001: cycles:', 'x 1 5.000001:', 'http://a.b/c 12 x'])(
    'is no head: %s', (line) => expect(parseHead(line)).toBeNull())
  it('takes no time over a hostile line', () => {
    const begin = performance.now()
    inlineFrameText(parseHead(`x 1 5.000001: a:b: ${'abcd x ([y '.repeat(370)})`)!)
    expect(parseHead(`${'a 1 '.repeat(15_000)} 5.000001: cycles:`)).toBeNull()
    expect(parseHead(`${'1 '.repeat(30_000)}`)).toBeNull()
    expect(performance.now() - begin).toBeLessThan(200)
  })
})

// lines of perf 6.1, recorded without -g
describe('the frame behind the event', () => {
  const modules: [line: string, frame: string][] = [
    ['              sh 16729  7304.226942:    1003009 cpu-clock:u:      7f9c14212145 __strcmp_evex+0x25 (/usr/lib/x86_64-linux-gnu/libc.so.6)', '__strcmp_evex | /usr/lib/x86_64-linux-gnu/libc.so.6'],
    ['              sh 16729/16729 U      7304.224943938:    1003009 cpu-clock:u:      55cbc68f6f12 [unknown] (/usr/bin/dash)', '[dash] | /usr/bin/dash'],
    ['              ls 16873  7312.482274:          1 page-faults:  ffffffff817554ea elf_load+0x28a ([kernel.kallsyms])', 'elf_load | [kernel.kallsyms]'],
    // -F ip,sym,dso: in place of the tracepoint's text
    ['            perf 16745/16745 [000]  7306.523409: sched:sched_switch:  ffffffff821facd8 __schedule ([kernel.kallsyms])', '__schedule | [kernel.kallsyms]'],
    // -F +ip,+sym,+dso: behind it
    ['       CPU 0/KVM 15888/15890 [000] K      7306.527305197:          1 sched:sched_switch: prev_comm=CPU 0/KVM prev_pid=15890 prev_prio=120 prev_state=R ==> next_comm=node next_pid=14893 next_prio=120 ffffffff821facd8 __schedule+0x618 ([kernel.kallsyms])', '__schedule | [kernel.kallsyms]'],
  ]
  it.each(modules)('%s', (line, frame) => {
    const { profile, report } = read(`${line}\n`)
    expect(report).toMatchObject({ samplesKept: 1, notUnderstood: 0, samplesWithoutFrames: 0 })
    const leaf = profile.stacks.frame[profile.samples.stack[0]!]!
    expect(`${profile.frames.name[leaf]} | ${profile.frames.module[leaf]}`).toBe(frame)
  })
  it.each([
    ['sched:sched_switch: prev_comm=migration/0 prev_pid=18 ==> next_comm=CPU 0/KVM next_pid=15890 next_prio=120', ''],
    ['raw_syscalls:sys_enter: NR 1 (3, 7ffd00001234, 10, 0, 0, 0)', ''],
    ['kmem:x: call_site=ffffffff81234567 ptr=ffff888004401000 (/x)', ''],
    ['probe:x: dead beef (/x)', ''],
    ['probe:x: one abcd word ([y])', ''],
    // a user's address in its 16 columns
    ['probe:x: abcd one     55cbc68f6f12 main+0x1 (/x/my (copy)/a.out)', '55cbc68f6f12 main+0x1 (/x/my (copy)/a.out)'],
    ['sched:sched_switch: ffffffff821facd8 __schedule', 'ffffffff821facd8 __schedule'],
    ['cycles:HG: 8b f(int)', ''],
    ['cpu/cycles/:u: ffff8b f(int)', 'ffff8b f(int)'],
  ])('tells text from a frame by its form: %s', (event, frame) => {
    expect(inlineFrameText(parseHead(`x 1 [000] 5.000001: ${event}`)!)).toBe(frame)
  })
})

describe('frames', () => {
  const frame = (line: string) => {
    const { profile } = read(`a 1 1.000001: cycles:\n\t${line}\n`)
    return `${profile.frames.name[1]} | ${profile.frames.module[1]}`
  }
  it.each([
    ['     4831f3 tb_htable_lookup+0x133 (/usr/bin/qemu)', 'tb_htable_lookup | /usr/bin/qemu'],
    ['7fd6 [unknown] (/tmp/perf-5568.map)', '[perf-5568.map] | /tmp/perf-5568.map'],
    ['1 [unknown] ([unknown])', '[unknown] | [unknown]'],
    ['1 [unknown] ([vdso])', '[vdso] | [vdso]'],
    ['8b main+0x8b (/x/my (copy)/a.out)', 'main | /x/my (copy)/a.out'],
    ['8b ns::f(int, char (*)(void))+0x1 (/a/b)', 'ns::f(int, char (*)(void)) | /a/b'],
    ['8b operator()+0x1 (/a/b (deleted))', 'operator() | /a/b (deleted)'],
    ['8b f(int)', 'f(int) | '],
    ['8b lonely+0x10', 'lonely | '],
    ['8b (/a/b)', '[b] | /a/b'],
    ['8b', '[unknown] | '],
    ['8b Größe+0x1 (/a/ü)', 'Größe | /a/ü'],
    ['8b +0x10 (/a/b)', '+0x10 | /a/b'],
  ])('%s', (line, expected) => expect(frame(line)).toBe(expected))
  it('gives inlined functions the module of the function around them', () => {
    const { profile } = read('a 1 1.000001: cycles:\n\t1 inner (inlined)\n\t1 middle (inlined)\n\t1 outer+0x1 (/lib/x.so)\n')
    expect(rows(profile)).toEqual(['a;outer;middle;inner 1/1'])
    expect(profile.frames.module).toEqual(['', '/lib/x.so', '/lib/x.so', '/lib/x.so'])
  })
})

describe('samples', () => {
  it('ends a sample at an empty line, at the next head and at the end of the file', () => {
    const { profile, report } = read('# a header\n#\na 1 1.000001: 5 cycles:\n\t1 f (m)\n\t2 g (m)\n\na 1 1.000002: 6 cycles:\n b 2 1.000003: 7 cycles:\n\t3 h (m)')
    expect(rows(profile)).toEqual(['a;g;f 1/5', 'a 1/6', 'b;h 1/7'])
    expect(report).toMatchObject({ samplesKept: 3, samplesWithoutFrames: 1, notUnderstood: 0, lines: 9 })
  })
  it('reads CRLF as LF', () => {
    const text = 'a 1 1.000001: 5 cycles:\n\t1 f+0x1 (m)\n\na 1 1.000002: 6 cycles:\n\t1 f+0x2 (m)\n\n'
    expect(rows(read(text.replaceAll('\n', '\r\n')).profile)).toEqual(rows(read(text).profile))
    expect(rows(read(text).profile)).toEqual(['a;f 1/5', 'a;f 1/6'])
  })
  it('has a weight column for each event type: its period, or 1 when none is printed', () => {
    const { profile, report } = read('a 1 1.000001: 500 cycles:P:\n\na 1 1.000002: page-faults:\n\na 1 1.000003: 700 cycles:P:\n')
    expect(profile.weightTypes.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['samples count', 'cycles:P cycles', 'page-faults count'])
    expect(rows(profile)).toEqual(['a 1/500/0', 'a 1/0/1', 'a 1/700/0'])
    expect(report.eventTypes).toEqual([{ name: 'cycles:P', count: 2 }, { name: 'page-faults', count: 1 }])
    expect(report.notes[0]).toContain('2 event types')
  })
  it('reads one line a sample where no chain was recorded', () => {
    const { profile } = read('  swapper 0 [000] 1.000001: 9 cycles:  ffffffff821f4dab native_halt+0xb ([kernel.kallsyms])\n  x 5 [000] 1.000002: 9 cycles: 4831f3 main+0x1 (/bin/x)\n')
    expect(rows(profile)).toEqual(['swapper;native_halt 1/9', 'x;main 1/9'])
  })
  it('keeps times to the nanosecond since the earliest sample', () => {
    const { profile } = read('a 1 1000000.999999999: cycles:\n\na 1 1000001.000000001: cycles:\n\nb 2 1000000.500000000: cycles:\n')
    expect([...profile.samples.time!]).toEqual([0.499999999, 0.500000001, 0])
  })
  it('puts each thread in order of time, and counts what was not: stamps of different threads have no order to keep', () => {
    const text = 'a 1 2.000002: 1 cycles:\n\nb 2 1.000000: 2 cycles:\n\na 1 2.000001: 3 cycles:\n\na 1 2.000002: 4 cycles:\n\nb 2 1.500000: 5 cycles:\n\n'
    const { profile, report } = importProfile('x', new TextEncoder().encode(text))
    expect(report.stampsOutOfOrder).toBe(1)
    expect(rows(profile)).toEqual(['a 1/3', 'b 1/2', 'a 1/1', 'a 1/4', 'b 1/5'])
    expect([...profile.samples.time!]).toEqual([1.000001, 0, 1.000002, 1.000002, 0.5])
  })
  it('knows the processor of each sample where it is printed', () => {
    const { profile } = read('a 1 [003] 1.000001: cycles:\n\na 1 1.000002: cycles:\n\nVM: 5200 VCPU:001 b 5/6 [000] G 1.000003: cycles:\n\n')
    expect([...profile.samples.cpu!]).toEqual([3, -1, 0])
    expect(read('a 1 1.000001: cycles:\n\n').profile.samples.cpu).toBeUndefined()
  })
  it('reads how often a sample was asked for from the header, and counts records that are no samples', () => {
    const event = (rest: string) => `# event : name = cycles:P, , id = { 1, 2 }, type = 0, { sample_period, sample_freq } = 997, sample_type = IP${rest}\n`
    expect(read(`${event(', freq = 1, inherit = 1')}a 1 1.000001: cycles:\n\n`).report.askedPerSecond).toBe(997)
    expect(read(`${event('')}a 1 1.000001: cycles:\n\n`).report.askedPerSecond).toBeUndefined()
    const { report } = read('a 1 1.000001: cycles:\n\na     0 [000]     1.000002: PERF_RECORD_LOST lost 12\na 1/1 [000] 1.000003: PERF_RECORD_COMM: a:1/1\nb 2 1.000004: cycles:\n\n')
    expect(report).toMatchObject({ samplesKept: 2, notUnderstood: 0 })
    expect(report.samplesDropped).toEqual([{ reason: 'samples that perf lost', count: 12 }, { reason: 'records that are no samples', count: 1 }])
  })
  it('has no times when a sample has none', () => {
    expect(read('a 1 5 cycles:\n\t12ab f (m)\n\n').profile.samples.time).toBeUndefined()
  })
  it('does not count deferred user call chains as samples', () => {
    const { report } = read('a 1 1.000001: cycles:\n\t1 k ([k])\n\na 1 1.000002: cycles: DEFERRED CALLCHAIN [cookie: 1]\n\t1 u (m)\n\n')
    expect(report.samplesKept).toBe(1)
    expect(report.samplesDropped).toHaveLength(1)
    expect(report.samplesDropped[0]!.count).toBe(1)
    expect(report.notUnderstood).toBe(0)
  })
  it('counts and shows what it does not understand, and goes on', () => {
    const { profile, report } = read('rubbish\nmore\n\na 1 1.000001: cycles:\n\tnot a frame\n\t1 f (m)\n  f.c:12\n\n')
    expect(report.notUnderstood).toBe(3)
    expect(report.firstNotUnderstood).toEqual([
      { line: 1, text: 'rubbish' }, { line: 2, text: 'more' }, { line: 5, text: '\tnot a frame' },
    ])
    expect(report.notes).toContain('1 source lines below frames were read over')
    expect(rows(profile)).toEqual(['a;f 1/1'])
  })
  it('does not mind a chain of 50,000 frames or a line of a megabyte', () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => `\t${i.toString(16)} f${i % 3} (m)`).join('\n')
    const { profile, report } = read(`a 1 1.000001: cycles:\n${chain}\n\n${'x'.repeat(1 << 20)}\n`)
    expect(stackCount(profile)).toBe(50_001)
    expect(report.notUnderstood).toBe(1)
    expect(report.firstNotUnderstood[0]!.text).toHaveLength(200)
  })
})

// sample__fprintf_brstack of tools/perf/builtin-script.c: hex, with modules, as symbols; behind a frame or below a chain
describe('branch stacks', () => {
  const branches: [what: string, behind: string, most: [string, string, number, number, number][]][] = [
    ['addresses', '0x55a/0x66b/P/-/-/3  0x55a/0x66b/M/-/-/4  0x1/0x2/-/X/A/0 ', [['0x55a', '0x66b', 2, 1, 7], ['0x1', '0x2', 1, 0, 0]]],
    ['kinds and speculation of newer ones', '0x55a/0x66b/P/-/-/3/COND/NON_SPEC_CORRECT_PATH  0x1/0x2/PN/-/-/1/-/- ', [['0x55a', '0x66b', 1, 0, 3], ['0x1', '0x2', 1, 0, 1]]],
    ['modules', '0x55a(/usr/bin/x)/0x66b([kernel.kallsyms])/P/-/-/3 ', [['0x55a', '0x66b', 1, 0, 3]]],
    ['symbols', 'main+0x1/ns::f<a/b>(int)+0x22/P/-/-/0  main+0x1/g+0x0/M/-/-/0 ', [['main+0x1', 'ns::f<a/b>(int)+0x22', 1, 0, 0], ['main+0x1', 'g+0x0', 1, 1, 0]]],
  ]
  it.each(branches)('as %s are counted, and are no frames', (_, text, most) => {
    const expected = most.map(([from, to, count, mispredicted, cycles]) => ({ from, to, count, mispredicted, cycles }))
    for (const sample of [`x 1 [000] 1.000001: 9 cycles:  ffffffff821f4dab f+0xb ([kernel.kallsyms]) ${text}\n`, `x 1 [000] 1.000001: 9 cycles:\n\t1234 f+0x1 (/bin/x)\n ${text}\n\n`]) {
      const { profile, report } = read(sample)
      expect(rows(profile)).toEqual(['x;f 1/9'])
      expect(report).toMatchObject({ notUnderstood: 0, notes: [], samplesWithoutFrames: 0 })
      expect(report.branches).toMatchObject({ samples: 1, branches: most.reduce((sum, [, , count]) => sum + count, 0), most: expected })
    }
  })
  it('beyond the length of a tracepoint\'s text are counted too, and text of paths is none', () => {
    const many = Array.from({ length: 500 }, (_, i) => `0x55a${i}/0x66b/P/-/-/3 `).join(' ')
    expect(read(`x 1 1.000001: 9 cycles:  ffffffff821f4dab f+0xb (/x) ${many}\n`).report.branches).toMatchObject({ branches: 500, predicted: 500, cycles: 1500 })
    expect(read('x 1 1.000001: probe:open: path="/a/-/-/b/P/"\n').report.branches).toBeUndefined()
  })
})

describe('the processor\'s mode', () => {
  const sample = (misc: string, ...chain: string[]) => [`CPU 0/KVM 5/6 [001] ${misc} 1.000001: cycles:`, ...chain, ''].join('\n')

  it('stands around a guest\'s or hypervisor\'s chain, and keeps apart what one thread does as both', () => {
    const { profile } = read([
      sample('G', '\tff schedule ([guest.kernel.kallsyms])'), sample('g', '\t1 [unknown]'), sample('H', '\t1 [unknown]'),
      sample('U', '\t1 [unknown]'), 'VM: 5200 VCPU:001 CPU 0/KVM 5/6 [001] 1.000001: cycles:\n\t1 [unknown]\n',
    ].join('\n'))
    expect(rows(profile)).toEqual([
      'CPU 0/KVM;guest kernel;schedule 1/1', 'CPU 0/KVM;guest user;[unknown] 1/1', 'CPU 0/KVM;hypervisor;[unknown] 1/1',
      'CPU 0/KVM;host user;[unknown] 1/1', 'CPU 0/KVM;guest;[unknown] 1/1',
    ])
  })

  it('of the host is said by modules: the letter counts only where there are none', () => {
    const { profile } = read([
      sample('K', '\tff schedule ([kernel.kallsyms])', '\t1 main (/bin/x)'), sample('K', '\tff schedule', '\t1 main'), sample('K', '\tff schedule'),
    ].join('\n'))
    expect(rows(profile)).toEqual(['CPU 0/KVM;main;schedule 1/1', 'CPU 0/KVM;main;schedule 1/1', 'CPU 0/KVM;host kernel;schedule 1/1'])
  })

  it('that is several at once is none, and counted', () => {
    const { profile, report } = read(sample('KGg', '\tff f ([kernel.kallsyms])'))
    expect(rows(profile)).toEqual(['CPU 0/KVM;f 1/1'])
    expect(report.notes.join()).toContain('1 samples say several processor modes at once')
  })
})
