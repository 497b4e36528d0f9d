/**
 * Makes large profiles, the same bytes for the same arguments: node gen-profiles.mjs folded|perf|pprof MB OUT [SEED]
 *
 * Six threads (guest, VMM, VMApp, kernel workers, a C++ server) walk a random call graph of 4000 symbols; each has 1 to 9
 * callees of falling weight, so that stacks share their beginnings as real ones do. Depths 4 to 64, half of them under 22.
 * - folded: a line a stack, no stack twice, as stackcollapse scripts add them up
 * - perf: `perf script` text, a block a sample in the order of time, a period each; 1 of 40 gaps is a long one
 * - pprof: a sample a record with two values, its thread and its time, as recorders of time lines write them; 500 stacks
 *   of falling frequency a megabyte (as many as `perf` has), a location for each call site. Not gzipped
 */
import { Buffer } from 'node:buffer'
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import process from 'node:process'
import { Random, Writer, fieldOf, numberOf } from './gen-parts.mjs'

const [kind, megabytes, out, seed = '20010625'] = process.argv.slice(2)
const random = new Random(Number(seed))
const below = (n) => random.below(n)

const names = [
  'vmx_vcpu_run', 'vmx_handle_exit', 'handle_io', 'kvm_fast_pio', 'tcp_sendmsg_locked', 'tcp_write_xmit', 'ip_queue_xmit', 'dev_queue_xmit',
  'e1000_xmit_frame', 'napi_poll', 'net_rx_action', '__do_softirq', 'handle_irq_event', 'select_idle_sibling', 'schedule',
  'copy_user_enhanced_fast_string', 'skb_copy_datagram_iter', 'vhost_worker', 'tun_get_user', 'tap_do_read', 'eventfd_signal', 'ioeventfd_write',
  'lance_csr_write', 'lance_transmit', 'vmnet_bridge_send', 'vmnet_user_if_receive', 'world_switch_to_host', 'monitor_dispatch',
  'bt_translate_block', 'shadow_page_fault', 'pic_ioport_write', 'irqchip_set', 'select_fds', 'read_packet', 'do_syscall_64',
  'entry_SYSCALL_64_after_hwframe', 'futex_wait', 'memcpy_erms', 'page_table_switch', 'guest_ctx_switch',
]
const longNames = [
  'boost::asio::detail::scheduler::do_run_one(boost::asio::detail::conditionally_enabled_mutex::scoped_lock&, boost::asio::detail::scheduler_thread_info&, boost::system::error_code const&)',
  'std::_Function_handler<void (std::shared_ptr<net::Packet> const&), net::Pipeline::forward(net::Stage&)::{lambda(std::shared_ptr<net::Packet> const&)#1}>::_M_invoke(std::_Any_data const&, std::shared_ptr<net::Packet> const&)',
  'folly::EventBase::loopBody(int, bool)',
  'std::__detail::_Map_base<std::string, std::pair<std::string const, Session*>, std::allocator<std::pair<std::string const, Session*> > >::operator[](std::string const&)',
  'net::Packet::Packet(net::Buffer&&)', 'operator new(unsigned long)',
]
const modules = [
  '[kernel.kallsyms]', '[kvm]', '[kvm_intel]', '[vhost_net]', '/usr/bin/qemu-system-x86_64', '/usr/lib/x86_64-linux-gnu/libc.so.6',
  '/opt/vmware/lib/vmx', '/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30', '[unknown]',
]
const cxxModule = 7
const threads = [
  ['vcpu0/guest', 4101, 4107], ['vmware-vmx', 4101, 4101], ['CPU 0/KVM', 5200, 5211], ['kworker/1:2-events', 731, 731],
  ['ksoftirqd/1', 16, 16], ['net server', 8800, 8807],
]

const symbols = Array.from({ length: 4000 }, (_, i) => {
  const long = random.unit() < 0.12
  const base = long ? longNames[below(longNames.length)] : names[below(names.length)]
  const name = long ? base.replace('net::', `net_${i}::`) + (base.includes('net::') ? '' : ` [clone .${i}]`) : `${base}_${i.toString(36)}`
  const module = long ? cxxModule : below(modules.length)
  return { name, module, address: (long ? 0x7f0000000000 : 0xffff81000000) + below(2 ** 24) * 16, callees: [] }
})
for (const symbol of symbols) symbol.callees = Array.from({ length: 1 + below(9) }, () => below(symbols.length))
const roots = threads.map(() => [below(symbols.length), below(symbols.length)])

/** The walk's symbols, root first, and which of its callees each called. */
const path = new Int32Array(64)
const site = new Int32Array(64)

function walk(thread) {
  let depth = 0
  let symbol = roots[thread][random.unit() < 0.8 ? 0 : 1]
  for (;;) {
    path[depth] = symbol
    site[depth++] = 0
    if (depth === path.length || (depth > 4 && random.unit() < 1 / 22)) return depth
    const { callees } = symbols[symbol]
    let callee = Math.min(callees.length - 1, Math.floor(callees.length * random.unit() ** 3))
    if (random.unit() < 0.02) callee = 0
    site[depth - 1] = callee
    symbol = callees[callee]
  }
}

const met = new Set()
/** Whether the walk's stack has not come yet: by two hashes, so that of millions of stacks hardly one is wrongly left out. */
function isNew(thread, depth) {
  let [a, b] = [thread, 0x9e3779b9]
  for (let i = 0; i < depth; i++) {
    a = Math.imul(a ^ path[i], 0x01000193) >>> 0
    b = (Math.imul(b, 31) + path[i]) >>> 0
  }
  const key = a * 2097152 + (b & 0x1fffff)
  if (met.has(key)) return false
  met.add(key)
  return true
}

const pprofStacksAMegabyte = 500

/** A stack's field of locations, leaf first; of each symbol nine call sites, numbered from 1. */
function stackOfLocations(thread) {
  const locations = []
  for (let i = walk(thread) - 1; i >= 0; i--) numberOf(path[i] * 9 + site[i] + 1, locations)
  return { thread, locations: fieldOf(1, locations) }
}

const makers = {
  folded(writer, target) {
    while (writer.total < target) {
      const thread = below(threads.length)
      const depth = walk(thread)
      if (!isNew(thread, depth)) continue
      let line = threads[thread][0].replaceAll(' ', '_')
      for (let i = 0; i < depth; i++) line += `;${symbols[path[i]].name.replaceAll(';', ':')}`
      writer.text(`${line} ${1 + Math.floor(Math.exp(random.unit() * random.unit() * 6))}\n`)
    }
  },
  perf(writer, target) {
    writer.text('# ========\n# captured on    : Mon Jun 25 09:00:00 2001\n# header version : 1\n# hostname : made\n# os release : 6.8.0\n# arch : x86_64\n# cmdline : /usr/bin/perf record -F 997 -a -g\n# ========\n#\n')
    let time = 4794564.109216
    while (writer.total < target) {
      const thread = below(threads.length)
      const [comm, pid, tid] = threads[thread]
      const depth = walk(thread)
      time += random.unit() < 0.025 ? random.unit() * 0.02 : 0.000251 + random.unit() * 1e-6
      let block = `${comm} ${String(pid).padStart(7)}/${String(tid).padEnd(7)} [00${below(2)}] ${time.toFixed(6)}:     ${1003009 + below(1000)} cycles: \n`
      for (let i = depth - 1; i >= 0; i--) {
        const { name, module, address } = symbols[path[i]]
        block += `\t${(address + below(400)).toString(16).padStart(16)} ${name}+0x${below(400).toString(16)} (${modules[module]})\n`
      }
      writer.text(`${block}\n`)
    }
  },
  pprof(writer, target) {
    const texts = ['', 'samples', 'count', 'cpu', 'nanoseconds', 'thread', 'time', ...threads.map(([comm]) => comm), ...modules, ...symbols.map(({ name }) => name)]
    const firstThread = 7
    const firstModule = firstThread + threads.length
    const firstSymbol = firstModule + modules.length
    writer.bytes([...fieldOf(1, [8, 1, 16, 2]), ...fieldOf(1, [8, 3, 16, 4])])
    const stacks = Array.from({ length: pprofStacksAMegabyte * (target / 1e6) }, () => stackOfLocations(below(threads.length)))
    let time = 0
    while (writer.total < target) {
      const { thread, locations } = stacks[Math.floor(stacks.length * random.unit() ** 3)]
      time += 250_000 + below(1000)
      const values = fieldOf(2, numberOf(1e7, [1]))
      writer.bytes(fieldOf(2, [...locations, ...values, ...fieldOf(3, [8, 5, 16, firstThread + thread]), ...fieldOf(3, [8, 6, ...numberOf(time, [24]), 32, 4])]))
    }
    modules.forEach((_, i) => writer.bytes(fieldOf(3, [8, i + 1, 40, ...numberOf(firstModule + i, [])])))
    symbols.forEach(({ module, address }, symbol) => {
      for (let call = 0; call < 9; call++) {
        writer.bytes(fieldOf(4, [
          8, ...numberOf(symbol * 9 + call + 1, []), 16, module + 1, 24, ...numberOf(address + call * 16, []), ...fieldOf(4, [8, ...numberOf(symbol + 1, []), 16, call + 1]),
        ]))
      }
      const name = numberOf(firstSymbol + symbol, [])
      writer.bytes(fieldOf(5, [8, ...numberOf(symbol + 1, []), 16, ...name, 24, ...name]))
    })
    for (const text of texts) writer.bytes(fieldOf(6, [...Buffer.from(text)]))
  },
}

if (!Object.hasOwn(makers, kind) || !(megabytes > 0) || !out) {
  process.stderr.write('node gen-profiles.mjs folded|perf|pprof MB OUT [SEED]\n')
  process.exit(2)
}
const file = openSync(out, 'w')
const writer = new Writer((bytes) => writeSync(file, bytes))
makers[kind](writer, Number(megabytes) * 1e6)
writer.flush()
closeSync(file)
process.stdout.write(`${JSON.stringify({ kind, out, bytes: statSync(out).size, seed: Number(seed) })}\n`)
