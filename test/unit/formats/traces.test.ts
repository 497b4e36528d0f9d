import { describe, expect, it } from 'vitest'
import { callgrindReason } from '../../../engine/formats/callgrind/detect'
import { readCallgrind } from '../../../engine/formats/callgrind/read'
import { readFirefox } from '../../../engine/formats/firefox/read'
import { ftraceReason } from '../../../engine/formats/ftrace/line'
import { readFtrace } from '../../../engine/formats/ftrace/read'
import { kvmStatReason, readKvmStat } from '../../../engine/formats/kvm-stat/read'
import { PlainErrorException } from '../../../engine/plain-error'
import { World } from '../../../engine/worlds'
import { bytesOf, rowsOf, selfOf, totalOf } from './readers'

/** Written from the documented formats: no output of a real program. */
describe('callgrind', () => {
  const text = `# callgrind format
version: 1
creator: by hand
positions: line
events: Ir Dr

fl=(1) main.c
fn=(1) main
16 400 40
cfn=(2) work
calls=3 50
16 600 60
cfi=(2) lib.c
cfn=(3) helper
calls=1 80
17 100 10

fn=(2)
51 200 20
cfi=(2)
cfn=(3)
calls=9 80
52 400 40

fl=(2)
fn=(3)
80 500 50
`
  it('gives each function its own cost, and divides it among its callers by what their calls cost', () => {
    const { profile, report } = readCallgrind('x', bytesOf(text), 'r')
    expect(callgrindReason(text)).not.toBeNull()
    expect(report.notUnderstood).toBe(0)
    expect(rowsOf(profile).sort()).toEqual(['main 400 40', 'main;helper 100 10', 'main;work 200 20', 'main;work;helper 400 40'])
    expect(profile.weightTypes.map(({ name }) => name)).toEqual(['Ir', 'Dr'])
  })

  it('leaves out calls of a function that no line names, and counts their lines', () => {
    const text = '# callgrind format\nevents: Ir\nfn=a\n1 10\ncalls=3 50\n1 600\n2 5\n'
    const { profile, report } = readCallgrind('x', bytesOf(text), 'r')
    expect(selfOf(profile)).toEqual(new Map([['a', 15]]))
    expect(report.firstNotUnderstood.map(({ line }) => line)).toEqual([5, 6])
  })

  it('keeps what lies in recursion, without callers', () => {
    const loop = '# callgrind format\nevents: Ir\nfn=a\n1 10\ncfn=b\ncalls=1 1\n1 50\nfn=b\n1 30\ncfn=a\ncalls=1 1\n1 20\n'
    const { profile } = readCallgrind('x', bytesOf(loop), 'r')
    expect(selfOf(profile)).toEqual(new Map([['b', 30], ['a', 10]]))
  })
})

describe('perf kvm stat', () => {
  const text = `

Analyze events for all VMs, all VCPUs:

             VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time 

           MSR_WRITE       1200    60.00%     5.00%      0.50us     90.00us      2.50us ( +-   1.20% )
                 HLT        300    15.00%    90.00%     10.00us   4000.00us    180.00us ( +-   2.00% )
  EXTERNAL_INTERRUPT        500    25.00%     5.00%      0.40us     60.00us      6.00us ( +-  14.00% )

Total Samples:2000, Total events handled time:60000.00us.

a line that is no row
`
  it('reads reasons, counts and times; halts stand apart as idle', () => {
    const { profile, report } = readKvmStat('x', bytesOf(text), 'r')
    expect(kvmStatReason(text)).not.toBeNull()
    expect(rowsOf(profile).map((row) => row.replace('all VMs, all VCPUs: ', ''))).toEqual([
      'VM-EXIT;MSR_WRITE 1200 3000000', 'VM-EXIT;HLT 300 54000000', 'VM-EXIT;EXTERNAL_INTERRUPT 500 3000000'])
    expect(totalOf(profile, 1)).toBe(60_000_000)
    expect(profile.stacks.world[profile.samples.stack[1]!]).toBe(World.GuestIdle)
    expect(report.notUnderstood).toBe(1)
    expect(report.firstNotUnderstood[0]).toEqual({ line: 13, text: 'a line that is no row' })
    expect(report.notes.join()).toContain('EXTERNAL_INTERRUPT is known to ±14.00 %')
  })
})

describe('ftrace text', () => {
  const text = `cpus=2
 CPU 0/KVM-5200  [000]   100.000000: kvm_entry:            vcpu 0
 CPU 0/KVM-5200  [000]   100.000300: kvm_exit:             reason EXTERNAL_INTERRUPT rip 0xffffffff81000000
 CPU 0/KVM-5200  [000]   100.000310: irq_handler_entry:    irq=16 name=eth0
 CPU 0/KVM-5200  [000]   100.000330: irq_handler_exit:     irq=16 ret=handled
 CPU 0/KVM-5200  [000]   100.000340: kvm_entry:            vcpu 0
 CPU 0/KVM-5200  [000]   100.000400: kvm_exit:             reason HLT rip 0x1
 CPU 0/KVM-5200  [000]   100.000900: kvm_entry:            vcpu 0
 qemu-5190       [001]   100.000910: sched_wakeup:         comm=x
`
  it('of KVM becomes guest, exits with their interrupts inside, and halts as idle', () => {
    const { profile, report } = readFtrace('x', bytesOf(text), 'r')
    expect(ftraceReason(text)).not.toBeNull()
    const rounded = rowsOf(profile).map((row) => row.replace(/ (\S+) @.*/, (_, time: string) => ` ${Math.round(Number(time) / 1000)} us`))
    expect(rounded).toEqual([
      'CPU 0/KVM-5200: guest 300 us', 'CPU 0/KVM-5200: exit EXTERNAL_INTERRUPT 10 us', 'CPU 0/KVM-5200: exit EXTERNAL_INTERRUPT;irq eth0 20 us',
      'CPU 0/KVM-5200: exit EXTERNAL_INTERRUPT 10 us', 'CPU 0/KVM-5200: guest 60 us', 'CPU 0/KVM-5200: exit HLT 500 us', 'CPU 0/KVM-5200: guest 10 us'])
    expect(Array.from(profile.samples.stack, (stack) => profile.stacks.world[stack])).toEqual(
      [World.Guest, World.Vmm, World.HostIrq, World.Vmm, World.Guest, World.GuestIdle, World.Guest])
    expect(report.eventTypes).toContainEqual({ name: 'sched_wakeup', count: 1 })
  })

  it('of the kernel\'s own file has flags, and lost events are counted', () => {
    const raw = '# tracer: nop\n#\n    <idle>-0       [001] d.h1.  10.000001: irq_handler_entry: irq=1 name=a\nCPU:1 [LOST 7 EVENTS]\n    <idle>-0       [001] d.h1.  10.000003: irq_handler_exit: irq=1\n'
    const { profile, report } = readFtrace('x', bytesOf(raw), 'r')
    expect(ftraceReason(raw)).toContain('tracer: nop')
    expect(profile.frames.name).toEqual(['irq a'])
    expect(report.samplesDropped).toEqual([{ reason: 'events that the kernel lost', count: 7 }])
  })
})

describe('Firefox profiles', () => {
  const gecko = {
    meta: { version: 24, interval: 1, processType: 0 }, libs: [],
    threads: [{
      name: 'GeckoMain', processName: 'app', pid: 5, tid: 6, stringTable: ['root', 'tcp_sendmsg (in [kernel.kallsyms])', 'f (a.js:3:1)'],
      samples: { schema: { stack: 0, time: 1 }, data: [[1, 0], [2, 1.5], [null, 2]] },
      stackTable: { schema: { prefix: 0, frame: 1 }, data: [[null, 0], [0, 1], [0, 2]] },
      frameTable: { schema: { location: 0 }, data: [[0], [1], [2]] },
    }],
    processes: [],
  }
  it('as recorded: threads, stacks and stamps', () => {
    const { profile, report } = readFirefox('x', bytesOf(JSON.stringify(gecko)), 'r')
    expect(rowsOf(profile)).toEqual(['app / GeckoMain (6): root;tcp_sendmsg 1 @0', 'app / GeckoMain (6): root;f 1 @0.0015', 'app / GeckoMain (6):  1 @0.002'])
    expect(profile.frames.module).toEqual(['', '[kernel.kallsyms]', 'a.js'])
    expect(report.samplesWithoutFrames).toBe(1)
  })

  it('as processed: shared tables, offsets to the caller, weights in milliseconds', () => {
    const processed = {
      meta: { preprocessedProfileVersion: 66, interval: 1 },
      shared: {
        stringArray: ['main', 'leaf', 'lib.so'], stackTable: { frame: [0, 1], prefixOffset: [0, 1], length: 2 },
        frameTable: { func: [0, 1], length: 2 }, funcTable: { name: [0, 1], resource: [-1, 0], fileName: [null, null], length: 2 },
        resourceTable: { name: [2], length: 1 },
      },
      threads: [{ name: 'T', processName: 'P', pid: '7', tid: 8, samples: { stack: [1, 0], timeDeltas: [5, 2], weight: [2, 3], weightType: 'tracing-ms', length: 2 } }],
    }
    const { profile } = readFirefox('x', bytesOf(JSON.stringify(processed)), 'r')
    expect(rowsOf(profile)).toEqual(['P / T (8): main;leaf 2000000 @0', 'P / T (8): main 3000000 @0.002'])
    expect(profile.weightTypes).toEqual([{ name: 'time', unit: 'nanoseconds', kind: 'sampled' }])
  })

  it('of a later version than is known are refused with both numbers', () => {
    const future = bytesOf(JSON.stringify({ meta: { preprocessedProfileVersion: 99 }, threads: [] }))
    expect(() => readFirefox('x', future, 'r')).toThrow(PlainErrorException)
    expect(() => readFirefox('x', future, 'r')).toThrow(/99.*70/)
  })
})
