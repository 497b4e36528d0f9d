import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { gunzip, gzip } from '../../engine/formats/gzip'
import { writeFolded } from '../../engine/formats/folded/write'
import { encodePprof } from '../../engine/formats/pprof/write'
import { writeSpeedscope } from '../../engine/formats/speedscope/write'
import { encodeSession } from '../../engine/session/archive'
import { anyProfile } from '../fixtures/profiles'
import { someSession } from '../fixtures/session'

export interface Seed {
  name: string
  bytes: Uint8Array
}

/** Enough of a file to have all of its kinds of lines, and little enough for thousands of cases. */
const beginningBytes = 24_000
const bytesOf = (text: string) => new TextEncoder().encode(text)
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)))
const captured = (name: string, bytes = beginningBytes): Seed => ({ name, bytes: gunzip(name, fixture(`${name}.gz`)).subarray(0, bytes) })

const perfOdd = `# ========
# captured on: today
# ========
#
VM: 5200 VCPU:001 CPU 0/KVM  5791/5860  [003] G 2026-11-22 12:00:00.123456  1234.567890123:     250000 cycles:HG: 
\t    ffffffff81001000 do_idle+0x10 ([guest.kernel.kallsyms.5200])

FS Broker 5858  5791/5860 [001] 1234.567891:          1 sched:sched_switch: prev_comm=a ==> next_comm=b
x 7 1234.5679:  ffffffff81000000 one ([kernel.kallsyms])
a b 12/13 [000]  1235.000000:   10 cycles: DEFERRED CALLCHAIN [cookie: 9]
\t  401000 f(int, char (*)[3])+0x8b (/x/my (copy)/a.out)
\t  401010 g (inlined)
  file.cpp:137

`

const texts: Record<string, string> = {
  'perf-odd': perfOdd,
  differential: 'main;a;b 10 12\nmain;a 3 0\nmain;c 0 5.5\n',
  callgrind: '# callgrind format\nversion: 1\npositions: line\nevents: Ir Dr\n\nfl=(1) main.c\nfn=(1) main\n16 400 40\ncfn=(2) work\ncalls=3 50\n16 600 60\n\nfn=(2)\n51 200 20\n+1 5 5\n* 1 1\n',
  'kvm-stat': '\n\nAnalyze events for all VMs, all VCPUs:\n\n             VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time \n\n           MSR_WRITE       1200    60.00%     5.00%      0.50us     90.00us      2.50us ( +-   1.20% )\n                 HLT        300    15.00%    90.00%     10.00us   4000.00us    180.00us ( +-   nan% )\n\nTotal Samples:1500, Total events handled time:57000.00us.\n\n',
  ftrace: 'cpus=2\n CPU 0/KVM-5200  [000]   100.000000: kvm_entry:            vcpu 0\n CPU 0/KVM-5200  [000]   100.000300: kvm_exit:             reason HLT rip 0xffffffff81000000\n CPU 0/KVM-5200  [000]   100.000310: irq_handler_entry:    irq=16 name=eth0\n CPU 0/KVM-5200  [000]   100.000330: irq_handler_exit:     irq=16 ret=handled\nCPU:1 [LOST 7 EVENTS]\n',
  gecko: JSON.stringify({
    meta: { version: 24, interval: 1 }, libs: [], processes: [],
    threads: [{
      name: 'T', processName: 'p', pid: 5, tid: 6, stringTable: ['root', 'f (in lib)'],
      samples: { schema: { stack: 0, time: 1 }, data: [[1, 0], [null, 2]] },
      stackTable: { schema: { prefix: 0, frame: 1 }, data: [[null, 0], [0, 1]] }, frameTable: { schema: { location: 0 }, data: [[0], [1]] },
    }],
  }),
  processed: JSON.stringify({
    meta: { preprocessedProfileVersion: 66, interval: 1 },
    shared: {
      stringArray: ['main', 'leaf', 'lib.so'], stackTable: { frame: [0, 1], prefixOffset: [0, 1], length: 2 },
      frameTable: { func: [0, 1], length: 2 }, funcTable: { name: [0, 1], resource: [-1, 0], fileName: [null, null], length: 2 },
      resourceTable: { name: [2], length: 1 },
    },
    threads: [{ name: 'T', pid: '7', tid: 8, samples: { stack: [1, 0], timeDeltas: [5, 2], weight: [2, 3], weightType: 'tracing-ms', length: 2 } }],
  }),
  'cpuprofile-old': JSON.stringify({ head: { functionName: '(root)', id: 1, hitCount: 0, children: [{ functionName: 'f', id: 2, hitCount: 3, children: [] }] }, startTime: 1, endTime: 2, samples: [2, 2, 1], timestamps: [1, 2, 3] }),
  'trace-array': '[{"ph":"B","ts":1,"pid":1,"tid":1,"name":"a"},{"ph":"X","ts":2,"dur":5,"pid":1,"tid":1,"name":"b"},{"ph":"E","ts":9,"pid":1,"tid":1},{"ph":"C","ts":3,"pid":1,"name":"c","args":{"v":3}},{"ph":"P","ts":3,"pid":1,"tid":2},',
  'qemu-virtio': 'virtio_queue_notify vdev 0x55 n 1 vq 0x56\nmemory_region_ops_write cpu 0 mr 0x1 addr 0xc010 value 0x48 size 2 name \'pcnet-io\'\nvirtio_notify vdev 0x55 vq 0x56\n',
}

/** What is damaged: of every format that is read a piece, by name. The same on every machine. */
export function corpus(): Seed[] {
  const [profile, other] = fc.sample(anyProfile, { seed: 7, numRuns: 12 }).sort((a, b) => b.samples.stack.length - a.samples.stack.length)
  const pprof = encodePprof(profile!)
  return [
    captured('perf-sym-pcnet.txt'), captured('perf-sym-system2-pcnet.txt'), captured('perf-sym-e1000.folded'), captured('pcnet-tx.log'),
    captured('speedscope-from-perf-script.speedscope.json', 2e6), captured('node-tsc.cpuprofile', 2e6), captured('node-trace-events.json'),
    { name: 'go pprof', bytes: gunzip('x', fixture('go-encoding-json.pb.gz')) },
    ...Object.entries(texts).map(([name, text]) => ({ name, bytes: bytesOf(text) })),
    { name: 'our pprof', bytes: pprof },
    { name: 'our pprof, gzip', bytes: gzip(pprof) },
    { name: 'our folded', bytes: bytesOf(writeFolded(profile!)) },
    { name: 'our speedscope', bytes: bytesOf(writeSpeedscope(profile!)) },
    { name: 'a session', bytes: encodeSession(someSession(profile!, other!)) },
  ]
}
