import { perfTextOptions } from './formats/perf-data/command'

/**
 * How to record what Worldswitch opens: the one text of it. docs/recording.md is written from here (a test holds it to
 * this), and the window shows it with buttons that copy.
 */
export interface RecordingRecipe {
  id: string
  title: string
  /** What is seen of the machine, and when this is the way. */
  gives: string
  /** On what all of its commands were run; null: never by us, they are from the programs' documentation. */
  tried: string | null
  steps: readonly RecordingStep[]
  /** What else is to be known, a sentence or two each. */
  notes: readonly string[]
}

export interface RecordingStep {
  /** What the command does, or what to do when there is none. */
  words: string
  /** For a shell, on one line. */
  command?: string
}

const debian = 'Debian 12 with perf 6.1 and QEMU 7.2, without KVM and without hardware counters'

const qemuPid = '"$(pgrep -n -f qemu-system)"'

const toText = `perf script ${perfTextOptions}`

const guestSymbols = '--guestkallsyms=guest.kallsyms --guestmodules=guest.modules'

export const recordingIntroduction =
  'Record only while the guest does what you ask about: a boot or an idle minute in the recording is in every share. ' +
  'Give each recording at least some thousand samples: Worldswitch shows the interval of every share, and it is wide below ' +
  'that. perf needs root, or kernel.perf_event_paranoid lowered.'

export const recordingRecipes: readonly RecordingRecipe[] = [
  {
    id: 'qemu-perf', title: 'QEMU without KVM: a perf profile',
    gives: 'Where QEMU\'s time goes: guest code (as translated by TCG), device emulation, network backend, host kernel.',
    tried: debian,
    steps: [
      { words: 'Start QEMU with names for its threads (put these words before your own):', command: 'qemu-system-x86_64 -name guest,debug-threads=on -accel tcg' },
      { words: 'While the guest sends, record 10 s of it:', command: `perf record -e cpu-clock -F 997 -g -o perf.data -p ${qemuPid} -- sleep 10` },
      { words: 'Open perf.data in Worldswitch, which asks before it runs perf; or make the text yourself:', command: `${toText} -i perf.data > profile.txt` },
    ],
    notes: [
      'Without thread names a rule cannot tell the vCPU\'s thread from the others, and guest code counts as the VMApp\'s.',
      '-e cpu-clock works everywhere. With hardware counters, -e cycles also sees code that runs with interrupts masked.',
      'Debian\'s QEMU exports few of its functions: without its debug symbols (qemu-system-x86-dbgsym of Debian\'s debug archive, ' +
        'not tried) device emulation such as pcnet_ioport_writew is [unknown].',
    ],
  },
  {
    id: 'qemu-trace', title: 'QEMU: every access to its network card',
    gives: 'Port accesses and interrupts by register, for each frame sent: counts, exact, beside the simulated driver\'s.',
    tried: debian,
    steps: [
      { words: 'Start QEMU with an AMD PCnet card, its trace going to a file (put these words before your own):', command: "qemu-system-x86_64 -nic user,model=pcnet -trace 'pcnet_*' -msg timestamp=on -D pcnet-tx.log" },
      { words: 'Or switch the trace on in QEMU\'s monitor when the transfer begins, so that nothing of the boot is in it:', command: 'trace-event pcnet_* on' },
      { words: 'And off when it has ended; then open pcnet-tx.log:', command: 'trace-event pcnet_* off' },
    ],
    notes: [
      'For other cards: memory_region_ops_read and memory_region_ops_write (of all devices: keep the lines of one name), ' +
        'virtio_queue_notify and virtio_notify. With pcnet_* and memory_region_ops_* together each access is logged twice.',
      'Do not profile the same run: writing the trace costs more than the accesses.',
    ],
  },
  {
    id: 'qemu-both', title: 'Both of QEMU by one script',
    gives: 'A guest that sends zeros by TCP to this host, once for the trace and once for the profile, and its own counters.',
    tried: debian,
    steps: [
      { words: 'What it needs of Debian:', command: 'apt-get install qemu-system-x86 linux-perf cpio gzip kmod' },
      { words: 'In Worldswitch\'s source folder:', command: 'npm run record -- --model pcnet --out recordings' },
      { words: 'Open what it names, or compare two models:', command: 'npm run record -- --model e1000 --out recordings' },
    ],
    notes: [
      'The guest is a Debian kernel and busybox-static, downloaded (72 MB) and unpacked into a temporary folder, never ' +
        'installed; --packages DIR keeps them. Tracing and sampling are switched on only while the guest sends.',
      'It writes MODEL-tx.log, perf-MODEL.txt and MODEL-counters.json. Nothing is left running when it ends or is interrupted.',
      '--accel kvm has KVM run the guest. Not seen to work by us: the one KVM that we had has no VT-x or AMD-V below it (kvm_pvm) ' +
        'and emulates a kernel\'s code by the instruction, which booted no guest and makes no kvm_entry or kvm_exit.',
    ],
  },
  {
    id: 'kvm-perf', title: 'KVM host: a perf profile of host and guest',
    gives: 'Guest kernel and user, KVM\'s exits, QEMU or vhost, host interrupts and idle, in one system-wide profile.',
    tried: null,
    steps: [
      { words: 'Copy the guest\'s symbols; as root in the guest, with kernel.kptr_restrict=0:', command: "ssh root@guest 'cat /proc/kallsyms' > guest.kallsyms; ssh root@guest 'cat /proc/modules' > guest.modules" },
      { words: 'On the host, while the guest sends, record 10 s of all CPUs:', command: `perf kvm --host --guest ${guestSymbols} record -a -g -e cycles -F 997 -o perf.data.kvm -- sleep 10` },
      { words: 'Make the text, with the column that says whose mode each sample is in:', command: `${toText} ${guestSymbols} -i perf.data.kvm > profile.txt` },
    ],
    notes: [
      'The misc column tells guest from host. A call chain ends at the guest\'s border: a guest sample has guest frames only.',
      'cycles needs hardware counters that the guest\'s mode can be counted with. Where the host is itself a virtual machine ' +
        'there may be none: cpu-clock does not see into a guest.',
      'Halted vCPUs take no samples. Idle time is on the host\'s side, in its idle task.',
    ],
  },
  {
    id: 'kvm-stat', title: 'KVM host: exits by reason',
    gives: 'How often the guest left for the hypervisor, why, and how long each took, halts apart.',
    tried: null,
    steps: [
      { words: 'While the guest sends, record 10 s of one QEMU:', command: `perf kvm stat record -o kvm-stat.data -p ${qemuPid} -- sleep 10` },
      { words: 'Print the reasons; a perf of 6.4 or newer also needs --stdio at the end:', command: 'perf kvm -i kvm-stat.data stat report --event=vmexit > kvm-stat.txt' },
      { words: 'Or the ports, which is what the paper\'s Table 2 calls IN and OUT:', command: 'perf kvm -i kvm-stat.data stat report --event=ioport > kvm-ports.txt' },
    ],
    notes: ['Shares are of the time between exit and next entry, halts included: not of wall time.'],
  },
  {
    id: 'trace-cmd', title: 'KVM host: exits, interrupts and system calls over time',
    gives: 'A timeline of each vCPU\'s thread: guest, exit, halt, host interrupts, softirqs, system calls.',
    tried: null,
    steps: [
      { words: 'While the guest sends, record 5 s:', command: 'trace-cmd record -o trace.dat -e kvm:kvm_entry -e kvm:kvm_exit -e irq:irq_handler_entry -e irq:irq_handler_exit -e irq:softirq_entry -e irq:softirq_exit sleep 5' },
      { words: 'Print it (trace.dat itself is not read):', command: 'trace-cmd report -i trace.dat > trace.txt' },
    ],
    notes: ['Each event costs the host time of its own: shares of short exits are too large.'],
  },
]

/** docs/recording.md. */
export function recordingMarkdown(): string {
  const recipes = recordingRecipes.flatMap(({ title, gives, tried, steps, notes }) => [
    `## ${title}`, '', `${gives} ${triedWords(tried)}`, '',
    ...steps.flatMap(({ words, command }, index) => [
      `${index + 1}. ${words}`, ...(command === undefined ? [] : ['', '   ```sh', `   ${command}`, '   ```']), '',
    ]),
    ...notes.map((note) => `- ${note}`), ...(notes.length > 0 ? [''] : []),
  ])
  return ['# How to record a profile', '', recordingIntroduction, '', ...recipes].join('\n').trimEnd() + '\n'
}

export function triedWords(tried: string | null): string {
  return tried === null
    ? 'Not tried by us: the commands are from the programs\' documentation.'
    : `Tried on ${tried}.`
}
