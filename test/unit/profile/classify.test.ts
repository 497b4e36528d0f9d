import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importProfile } from '../../../engine/formats/open-profile'
import { classificationOf } from '../../../engine/profile/classify/samples'
import { findRuleSet } from '../../../engine/profile/classify/propose'
import { matcherOf } from '../../../engine/profile/classify/pattern'
import { faultsOf, type Rule } from '../../../engine/profile/classify/rule'
import { importedRowIds } from '../../../engine/profile/classify/rows'
import { classified, classify } from '../../../engine/profile/classify/classify'
import { readRulesFile, rulesFileText } from '../../../engine/profile/classify/rules-file'
import { shippedSets } from '../../../engine/profile/classify/sets'
import { tableOfProfile } from '../../../engine/profile/classify/table'
import { weightThrough } from '../../../engine/profile/classify/through'
import { worldIds, worldNames } from '../../../engine/worlds'

const open = (name: string) => importProfile(name, readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)))
const importText = (text: string) => importProfile('x', new TextEncoder().encode(text))

function tableOf({ profile, rules }: ReturnType<typeof open>) {
  const table = tableOfProfile(classificationOf(profile, rules.set), profile.defaultWeight)
  return { ...table, weights: Object.fromEntries(table.rows.map(({ id, weight }) => [id, weight])), row: (id: string) => table.rows.find((one) => one.id === id)! }
}

describe('real captures of QEMU without KVM', () => {
  it('pcnet: the shares that an independent script counted, and nothing unclassified', () => {
    const run = open('perf-sym-pcnet.txt.gz')
    expect(run.rules).toEqual({ set: 'qemu-tcg', reason: expect.stringContaining('"CPU 0/TCG"') })
    const through = (pattern: string) => (100 * weightThrough(run.profile, pattern, 0)) / 4385
    expect(through('pcnet_ioport_writew')).toBeCloseTo(5.5, 1)
    expect(through('pcnet_*')).toBeCloseTo(7.8, 1)
    expect(through('__x64_sys_sendto')).toBeCloseTo(4.5, 1)
    const table = tableOf(run)
    expect(table.single).toBe(true)
    expect(table.row('unclassified').percent!).toBeLessThan(5)
    // what the card's model and VMNet do is no more than what goes through them
    const card = ['lance-transmit-path', 'lance-receive-path', 'lance-emulation-vmapp'].reduce((sum, id) => sum + table.row(id).percent!, 0)
    expect(card).toBeGreaterThan(2)
    expect(card).toBeLessThan(7.8)
    expect(table.row('vmnet-transmit').percent).toBeGreaterThan(4.5)
    for (const { percent, ci95, evidence } of table.rows) {
      expect(ci95![0]).toBeLessThanOrEqual(percent!)
      expect(ci95![1]).toBeGreaterThanOrEqual(percent!)
      expect(evidence).toMatch(/of \d+ samples/)
    }
  })

  it('the whole machine: the idle task\'s 354 samples are idle, but for interrupts that woke it', () => {
    const run = open('perf-sym-system2-pcnet.txt.gz')
    const { weights, all } = tableOf(run)
    expect(all).toBe(846)
    expect(weights['host-idle']! + weights['host-irq-host-idle']!).toBe(354)
    expect(weights['host-idle']).toBeGreaterThan(345)
    expect(weights['unclassified']).toBe(0)
    expect(weights['host-user']).toBeGreaterThan(0)
  })

  it('e1000: nothing unclassified either, although folded stacks lack modules and times', () => {
    const run = open('perf-sym-e1000.folded.gz')
    const table = tableOf(run)
    expect(run.rules.set).toBe('qemu-tcg')
    expect(table.row('unclassified').percent).toBeLessThan(1)
    expect(table.single).toBe(false)
    expect(table.row('vmm').evidence).toContain('samples taken as independent')
    expect(table.row('vmnet-transmit').percent).toBeGreaterThan(4)
    expect(table.row('direct-execution').percent).toBeGreaterThan(15)
  })

  it('weights that are no counts have no interval, and say so', () => {
    const { profile, rules } = open('perf-sym-pcnet.txt.gz')
    const table = tableOfProfile(classificationOf(profile, rules.set), 1)
    expect(table.weight.unit).toBe('nanoseconds')
    expect(table.rows.every(({ ci95, evidence }) => ci95 === null && evidence.includes('nanoseconds'))).toBe(true)
  })
})

const vcpu = 'CPU 0/TCG 5 1.000001: cycles:'
const kvm = 'CPU 0/KVM 5/6 1.000001: cycles:'
const jit = '\t7f [unknown] (/tmp/perf-1.map)'
const kernel = (...names: string[]) => names.map((name) => `\tff ${name} ([kernel.kallsyms])`)

/** World and row of one sample; leaf first, as perf prints it. */
function decided(...lines: string[]): string {
  const { profile, rules } = importText(`${lines.join('\n')}\n`)
  const { world, row } = classificationOf(profile, rules.set)
  const stack = profile.samples.stack[0]!
  return `${worldNames[world[stack]!]}: ${importedRowIds[row[stack]!]}`
}

describe('the rule set for QEMU without KVM', () => {
  it.each([
    ['Guest: direct-execution', [vcpu, jit, '\t1 [unknown] ([unknown])']],
    ['VMM: device-access', [vcpu, '\t1 helper_inw (/usr/bin/qemu-system-x86_64)', jit]],
    ['VMM: lance-emulation-vmapp', [vcpu, '\t1 pcnet_csr_writew (/usr/bin/qemu)', '\t1 pcnet_ioport_writew (/usr/bin/qemu)', jit]],
    ['VMNet: vmnet-receive', [vcpu, '\t1 memcpy (/lib/libc.so.6)', '\t1 net_slirp_send_packet (/usr/bin/qemu)', '\t1 pcnet_transmit (/usr/bin/qemu)', jit]],
    ['VMNet: vmnet-transmit', [vcpu, '\t1 memcpy (/lib/libc.so.6)', '\t1 net_slirp_receive (/usr/bin/qemu)', '\t1 pcnet_transmit (/usr/bin/qemu)', jit]],
    ['VMNet: vmnet-transmit', [vcpu, ...kernel('tcp_sendmsg', '__x64_sys_sendto', 'do_syscall_64')]],
    ['VMNet: vmnet-transmit', [vcpu, ...kernel('net_rx_action', 'handle_softirqs', '__x64_sys_sendto')]],
    ['Host IRQ: vmnet-transmit', [vcpu, ...kernel('tick', 'asm_sysvec_apic_timer_interrupt', '__x64_sys_sendto')]],
    ['Host IRQ: host-irq-while-busy', [vcpu, ...kernel('handle_softirqs', 'asm_sysvec_apic_timer_interrupt'), jit]],
    ['Host IRQ: host-irq-while-idle', [vcpu, ...kernel('handle_softirqs', 'asm_sysvec_apic_timer_interrupt'), '\t1 qemu_wait_io_event (/usr/bin/qemu)']],
    ['Host IRQ: host-irq', ['qemu-system-x86 5 1.000001: cycles:', ...kernel('tick', 'irq_exit'), '\t1 f (/usr/bin/qemu)', '', vcpu, jit]],
    ['Host kernel: vmm-other', [vcpu, ...kernel('futex_wait', 'do_syscall_64'), '\t1 f (/usr/bin/qemu)']],
    ['VMApp: vmapp-other', ['qemu-system-x86 5 1.000001: cycles:', '\t1 main_loop_wait (/usr/bin/qemu-system-x86_64)', '', vcpu, jit]],
    ['Guest idle: host-idle', ['swapper 0 1.000001: cycles:', ...kernel('default_idle')]],
    ['Host IRQ: host-irq-host-idle', ['swapper 0 1.000001: cycles:', ...kernel('handle_softirqs', 'default_idle')]],
    ['Unclassified: host-user', ['grep 7 1.000001: cycles:', '\t1 main (/bin/grep)', '', vcpu, jit]],
    ['Host kernel: host-kernel', ['grep 7 1.000001: cycles:', ...kernel('vfs_read'), '\t1 main (/bin/grep)', '', vcpu, jit]],
  ])('%s', (expected, lines) => expect(decided(...lines)).toBe(expected))
})

// Synthetic: written from perf's documented format and the kernel's function names, not recorded on a KVM host.
describe('the rule set for QEMU with KVM, on synthetic samples', () => {
  const inRun = [...kernel('kvm_arch_vcpu_ioctl_run', 'kvm_vcpu_ioctl', '__x64_sys_ioctl', 'entry_SYSCALL_64_after_hwframe'), '\t1 __GI___ioctl (/lib/libc.so.6)', '\t1 kvm_cpu_exec (/usr/bin/qemu-system-x86_64)']
  const inKvm = (...names: string[]) => names.map((name) => `\tff ${name} ([kvm])`)
  it.each([
    ['Guest: direct-execution', ['CPU 0/KVM 5/6 [001] G 1.000001: cycles:', '\tff schedule ([guest.kernel.kallsyms])']],
    ['Guest: direct-execution', [':41224 41224 [001] g 1.000001: cycles:', '\t1 [unknown] ([unknown])']],
    ['VMM: virtualization-transition', [kvm, '\tff vmx_vcpu_run ([kvm_intel])', ...inRun]],
    ['World switch: virtualization-transition', [kvm, '\tff vmx_vcpu_load ([kvm_intel])', ...inRun]],
    ['VMM: guest-irq-overhead', [kvm, ...inKvm('kvm_apic_local_deliver', 'kvm_inject_pending_timer_irqs'), ...inRun]],
    ['VMM: pic-access', [kvm, ...inKvm('pic_ioport_write', 'picdev_write', 'kvm_io_bus_write', 'kernel_pio'), ...inRun]],
    ['VMM: guest-context-switch', [kvm, ...inKvm('kvm_set_cr3'), '\tff handle_cr ([kvm_intel])', ...inRun]],
    ['VMM: device-access', [kvm, ...inKvm('ioeventfd_write', 'kvm_io_bus_write'), '\tff handle_ept_misconfig ([kvm_intel])', ...inRun]],
    ['VMM: memory-virtualization', [kvm, ...inKvm('kvm_tdp_page_fault', 'kvm_mmu_page_fault'), ...inRun]],
    ['Guest idle: guest-idle', [kvm, ...kernel('schedule'), ...inKvm('kvm_vcpu_halt', 'kvm_vcpu_block'), ...inRun]],
    ['Host IRQ: host-irq-while-idle', [kvm, ...kernel('asm_sysvec_apic_timer_interrupt'), ...inKvm('kvm_vcpu_check_block', 'kvm_vcpu_block'), ...inRun]],
    ['Host IRQ: host-irq-while-busy', [kvm, ...kernel('net_rx_action', '__do_softirq', 'irq_exit_rcu', 'common_interrupt'), '\tff vmx_handle_exit_irqoff ([kvm_intel])', ...inRun]],
    ['VMM: vmm-other', [kvm, '\tff vcpu_enter_guest ([kvm])', ...inRun]],
    ['Host kernel: vmapp-other', [kvm, ...kernel('ksys_write', 'entry_SYSCALL_64_after_hwframe'), '\t1 event_notifier_set (/usr/bin/qemu-system-x86_64)']],
    ['VMApp: lance-transmit-path', [kvm, '\t1 e1000_send_packet (/usr/bin/qemu)', '\t1 start_xmit (/usr/bin/qemu)', '\t1 kvm_cpu_exec (/usr/bin/qemu)']],
    ['VMNet: vmnet-transmit', [kvm, ...kernel('tun_get_user', 'tun_chr_write_iter'), '\t1 tap_write_packet (/usr/bin/qemu)', '\t1 start_xmit (/usr/bin/qemu)']],
    ['VMNet: vmnet-transmit', ['vhost-4242 4300 [003] 1.000001: cycles:', '\tff tun_sendmsg ([tun])', '\tff handle_tx ([vhost_net])', '\tff vhost_worker ([vhost])']],
    ['VMNet: vmnet-receive', ['vhost-4242 4300 [003] 1.000001: cycles:', '\tff tun_recvmsg ([tun])', '\tff handle_rx_net ([vhost_net])', '\tff vhost_worker ([vhost])']],
    ['VMNet: vmnet-other', ['vhost-4242 4300 [003] 1.000001: cycles:', '\tff vhost_worker ([vhost])']],
    ['VMApp: vmapp-other', [kvm, '\t1 kvm_cpu_exec (/usr/bin/qemu-system-x86_64)']],
  ])('%s', (expected, lines) => expect(decided(...lines)).toBe(expected))

  it('keeps apart what a thread does as guest and as host, where no module says it', () => {
    const { profile, rules } = importText(['CPU 0/KVM 5/6 [001] g 1.000001: cycles:', '\t1 [unknown] ([unknown])', '', 'CPU 0/KVM 5/6 [001] U 1.000002: cycles:', '\t1 [unknown] ([unknown])', ''].join('\n'))
    const { world } = classificationOf(profile, rules.set)
    expect(Array.from(profile.samples.stack, (stack) => worldNames[world[stack]!])).toEqual(['Guest', 'VMApp'])
  })
})

describe('a plain host', () => {
  it('is proposed where no virtual machine shows, and has no VMM time', () => {
    const run = importText(['bash 7 1.000001: cycles:', '\t1 main (/bin/bash)', '', 'bash 7 1.000002: cycles:', '\tff tcp_sendmsg ([kernel.kallsyms])', '\tff __x64_sys_sendto ([kernel.kallsyms])', '\t1 main (/bin/bash)', ''].join('\n'))
    expect(run.rules).toEqual({ set: 'plain-host', reason: expect.stringContaining('no thread and no module') })
    expect(tableOf(run).rows.filter(({ weight }) => weight > 0).map(({ id, weight }) => [id, weight])).toEqual([['host-network', 1], ['host-user', 1]])
    expect(tableOf(run).row('guest-idle')).toMatchObject({ percent: null, ci95: null, evidence: 'nothing of the scope was sampled' })
  })
})

describe('files that say themselves which world a stack is in', () => {
  it('are left as they are, with one row a world', () => {
    const run = importText(['          <idle>-0 [000] 1.000000: kvm_entry: vcpu 0', ' qemu-1 [000] 1.000001: kvm_entry: vcpu 0', ' qemu-1 [000] 1.000101: kvm_exit: reason HLT rip 0x1', ' qemu-1 [000] 1.000301: kvm_entry: vcpu 0', ''].join('\n'))
    expect(run.rules.set).toBe('as-read')
    const { weights } = tableOf(run)
    expect(weights['guest-idle']).toBeCloseTo(200_000, 0)
    expect(weights['direct-execution']).toBeGreaterThan(99_000)
  })
})

describe('threads that share stacks', () => {
  const speedscope = (name: string) => ({ type: 'sampled', name, unit: 'none', startValue: 0, endValue: 1, samples: [[0, 1]], weights: [1] })
  const file = (...names: string[]) => JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json', shared: { frames: [{ name: 'start' }, { name: 'work' }] }, profiles: names.map(speedscope),
  })

  it('become roots where rules tell them apart', () => {
    const { profile, rules } = importText(file('CPU 0/TCG 7', 'qemu-system-x86 8'))
    expect(rules.set).toBe('qemu-tcg')
    const names = (stack: number): string[] => (stack < 0 ? [] : [...names(profile.stacks.parent[stack]!), profile.frames.name[profile.stacks.frame[stack]!]!])
    expect(Array.from(profile.samples.stack, names)).toEqual([['CPU 0/TCG', 'start', 'work'], ['qemu-system-x86', 'start', 'work']])
    expect(Array.from(profile.samples.stack, (stack) => worldNames[profile.stacks.world[stack]!])).toEqual(['VMM', 'VMApp'])
  })

  it('stay as they are where rules do not', () => {
    const { profile } = importText(file('first 7', 'second 8'))
    expect(profile.samples.stack[0]).toBe(profile.samples.stack[1])
  })
})

describe('patterns', () => {
  it.each([
    ['schedule', ['schedule'], ['__schedule', 'schedule_idle', '']],
    ['pcnet_*', ['pcnet_', 'pcnet_poll'], ['xpcnet_poll']],
    ['*.ko | vmlinux', ['a.ko', 'vmlinux'], ['a.ko.xz']],
    ['a*b*c', ['abc', 'axxbyyc'], ['acb', 'ab', 'aXc']],
    ['operator\\*', ['operator*'], ['operator+']],
    ['ab*ba', ['abba'], ['aba']],
    ['/^irq\\/\\d+-/', ['irq/24-eth0'], ['irq/x']],
    ['/a | b/ | c', ['xa | bx', 'c'], ['a', 'b']],
    ['/usr/bin/qemu', ['/usr/bin/qemu'], ['usr']],
  ])('%s', (pattern, yes, no) => {
    const matcher = matcherOf(pattern)
    if (typeof matcher !== 'function') throw new Error(matcher.fault)
    expect(yes.filter((name) => !matcher(name))).toEqual([])
    expect(no.filter((name) => matcher(name))).toEqual([])
  })

  it.each([['', 'is empty'], ['a | | b', 'empty alternative'], ['/(a/', 'no expression'], ['/(?=a)b/', 'no expression'], ['x'.repeat(2001), 'longer than']])('%s is refused in plain words', (pattern, words) => {
    expect((matcherOf(pattern) as { fault: string }).fault).toContain(words)
  })

  it('that would take for ever elsewhere take no time here', () => {
    const matcher = matcherOf('/^(a+)+$/ | *a*a*a*a*a*a*a*b') as (name: string) => boolean
    expect(matcher(`${'a'.repeat(100_000)}!`)).toBe(false)
  })
})

describe('rules', () => {
  it('that ship have no faults, and known worlds and rows', () => {
    for (const { rules } of shippedSets) {
      expect(faultsOf(rules)).toEqual([])
      for (const { world } of rules) expect(worldIds).toContain(world)
    }
    expect(findRuleSet('qemu-tcg')).toBe(shippedSets[0])
  })

  it('go into a file and come back', () => {
    for (const set of shippedSets) {
      const text = rulesFileText(set)
      expect(readRulesFile('a.rules.json', text)).toEqual({ name: set.name, about: set.about, rules: set.rules })
      expect(text.split('\n').length).toBe(set.rules.length + 8)
    }
  })

  it.each([
    ['{', /no JSON/],
    ['{"format":"worldswitch.rules/2","name":"a","rules":[]}', /Its format/],
    ['{"format":"worldswitch.rules/1","name":"a","rules":[{"frame":"a","world":"vmm","row":"vmm-other"},{"frame":"b","world":"nowhere","row":"vmm-other"}]}', /Rule 2, world,/],
    ['{"format":"worldswitch.rules/1","name":"a","rules":[{"frames":"a","world":"vmm","row":"vmm-other"}]}', /Rule 1/],
    ['{"format":"worldswitch.rules/1","name":"a","rules":[{"frame":"/(/","world":"vmm","row":"vmm-other"}]}', /Rule 1: the pattern for its frame/],
    ['{"format":"worldswitch.rules/1","name":"a","rules":[{"world":"vmm","row":"vmm-other"}]}', /Rule 1 has no condition/],
  ])('%s is refused by rule', (text, words) => {
    expect(() => readRulesFile('mine.rules.json', text)).toThrow(words)
  })

  it('are asked in order: the first that matches decides', () => {
    const { profile } = importText('a;f;g 1\n')
    const first: Rule = { frame: 'f', world: 'vmm', row: 'vmm-other' }
    const second: Rule = { frame: 'f', world: 'vmnet', row: 'vmnet-transmit' }
    const leaf = profile.samples.stack[0]!
    expect(worldIds[classified(profile, { rules: [first, second] }).stacks.world[leaf]!]).toBe('vmm')
    expect(worldIds[classified(profile, { rules: [second, first] }).stacks.world[leaf]!]).toBe('vmnet')
    // deeper down another rule decides, and the row may stay the caller's
    const deeper: Rule = { frame: 'g', world: 'host-kernel', row: 'caller' }
    const { world, row, rule, here } = classify(profile, { rules: [deeper, second] })
    expect([worldIds[world[leaf]!], importedRowIds[row[leaf]!], rule[leaf], here[leaf]]).toEqual(['host-kernel', 'vmnet-transmit', 0, 1])
    expect(worldIds[classify(profile, { rules: [{ ...deeper, inside: ['vmm'] }, second] }).world[leaf]!]).toBe('vmnet')
    expect(worldIds[classify(profile, { rules: [{ ...deeper, outside: ['vmnet'] }, second] }).world[leaf]!]).toBe('vmnet')
  })
})
