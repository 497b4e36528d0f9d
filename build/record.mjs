// `npm run record [-- options]`: QEMU's trace log of its network card and a perf profile of QEMU, while a guest sends
// data, translated by TCG or run by KVM. Nothing is installed: see docs/recording.md.
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { buildGuest, fetchPackages } from './record/guest.mjs'
import { Machine, openSink } from './record/machine.mjs'
import { demandPrograms } from './record/needs.mjs'
import { models, optionsOf, usage } from './record/options.mjs'
import { PerfRecord, writeScript } from './record/perf.mjs'
import { reportFault, say, SetupFault, step } from './setup/plain.mjs'

/** Boots the guest, calls `begin` before it sends and `end` after, and checks that all arrived. Returns its counters. */
async function transfer({ guest, model, accel, bytes, seconds, log, work }, begin, end) {
  const sink = await openSink()
  const machine = new Machine({ guest, model, accel, log, send: bytes, port: sink.port }, work)
  try {
    await machine.hear('ready', seconds)
    await begin(machine)
    machine.go()
    await machine.hear('sent', seconds)
    await end(machine)
    await machine.close(true)
  } finally {
    await machine.close()
    sink.close()
  }
  const expected = bytes - bytes % 1024
  if (sink.bytes !== expected) throw new SetupFault(`The guest sent ${expected} bytes, but ${sink.bytes} arrived.`)
  const names = ['tx_packets', 'rx_packets', 'tx_bytes', 'rx_bytes', 'interrupts']
  const counters = names.map((name) => [name, machine.counters.get(`after ${name}`) - machine.counters.get(`before ${name}`)])
  return { command: machine.command, counters: Object.fromEntries(counters) }
}

/** Only the lines of one device, where the events tell of all. */
async function keepLines(from, to, part) {
  const text = createWriteStream(to)
  for await (const line of createInterface({ input: createReadStream(from) })) {
    if ((part === null || line.includes(part)) && !text.write(`${line}\n`)) await once(text, 'drain')
  }
  text.end()
  await once(text, 'finish')
}

async function recordTrace(context) {
  const { model, out, work } = context
  const { events, line } = models[model]
  const log = join(work, 'trace.log')
  const found = await transfer({ ...context, bytes: context.bytes.trace, log }, (machine) => machine.trace(events, true),
    (machine) => machine.trace(events, false))
  const file = join(out, `${model}-tx.log`)
  await keepLines(log, file, line)
  return { ...found, file, bytes: context.bytes.trace, events }
}

async function recordPerf(context) {
  const { model, out, work } = context
  const data = join(work, 'perf.data')
  let perf = null
  try {
    const found = await transfer({ ...context, bytes: context.bytes.perf, log: join(work, 'qemu.log') }, async (machine) => {
      perf = new PerfRecord(machine.child.pid, data)
      await perf.enable()
    }, () => perf.finish())
    const file = join(out, `perf-${model}.txt`)
    await writeScript(data, file)
    return { ...found, file, bytes: context.bytes.perf, perf: perf.command }
  } finally {
    perf?.close()
  }
}

const kinds = { trace: recordTrace, perf: recordPerf }

const countersText = ({ tx_packets: sent, rx_packets: received, interrupts }) =>
  `${sent} frames sent, ${received} received, ${interrupts} interrupts in the guest`

async function record({ model, accel, bytes, seconds, what, out, packages }, work) {
  try {
    mkdirSync(out, { recursive: true })
  } catch (error) {
    throw new SetupFault(`${out} cannot be made: ${error.message}.`, 'Name another folder with --out.')
  }
  const files = await step('Debian packages of the guest', async () => {
    const found = await fetchPackages(packages ?? join(work, 'packages'))
    return Object.assign(found, { note: packages === null ? 'downloaded' : `in ${packages}` })
  })
  const guest = await step('Guest', async () => {
    const built = await buildGuest(work, files, models[model].modules)
    return { ...built, note: `kernel ${built.version}` }
  })
  const written = {}
  for (const kind of what) {
    const found = await step(`${kind} of ${bytes[kind]} bytes through ${model} under ${accel}`, async () => {
      const made = await kinds[kind]({ guest, model, accel, bytes, seconds, out, work })
      return { ...made, note: countersText(made.counters) }
    })
    written[kind] = { file: found.file, bytes: found.bytes, guest: found.counters }
  }
  const counters = join(out, `${model}-counters.json`)
  writeFileSync(counters, `${JSON.stringify({ model, accel, kernel: guest.version, ...written }, null, 2)}\n`)
  for (const file of [...Object.values(written).map((one) => one.file), counters]) say(`  wrote ${file}`)
}

/** Again, while a program that was just killed still writes into it. */
function removeFolder(path, attempts = 20) {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch (error) {
    if (attempts === 0) throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    removeFolder(path, attempts - 1)
  }
}

async function main(args) {
  const options = optionsOf(args)
  if (!options) {
    say(usage)
    return
  }
  const common = ['qemu-system-x86_64', 'cpio', 'gzip', 'depmod', 'modprobe', 'apt-get', 'dpkg-deb']
  demandPrograms([...common, ...(options.what.includes('perf') ? ['perf'] : [])])
  const work = mkdtempSync(join(tmpdir(), 'worldswitch-record-'))
  for (const [signal, code] of [['SIGHUP', 129], ['SIGINT', 130], ['SIGTERM', 143]]) process.once(signal, () => process.exit(code))
  process.once('exit', () => removeFolder(work))
  const packages = options.packages && resolve(options.packages)
  await record({ ...options, packages, out: resolve(options.out) }, work)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = reportFault(error)
}
