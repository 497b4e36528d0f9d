import { parseArgs } from 'node:util'
import { SetupFault } from '../setup/plain.mjs'

/**
 * Network cards that can be watched: the guest's modules, QEMU's trace events, and, where these tell of every device,
 * what a line must hold to be about this one.
 */
export const models = {
  pcnet: { modules: ['pcnet32'], events: ['pcnet_*'], line: null },
  e1000: { modules: ['e1000'], events: ['e1000_*', 'memory_region_ops_read', 'memory_region_ops_write'], line: "name 'e1000-mmio'" },
  'virtio-net-pci': { modules: ['virtio_pci', 'virtio_net'], events: ['virtio_queue_notify', 'virtio_notify*'], line: null },
}

/** What executes the guest's instructions. */
export const accelerators = ['tcg', 'kvm']

export const recordings = ['trace', 'perf']

export const usage = `npm run record -- [options]: records QEMU while its guest sends zeros by TCP to this host

  --model MODEL   ${Object.keys(models).join(', ')} (pcnet)
  --accel ACCEL   tcg: QEMU translates the guest, on every machine; kvm: the processor runs it, with /dev/kvm (tcg)
  --bytes N       how much the guest sends, in writes of 1024 bytes; K, M for KiB, MiB (trace: 2M, perf: 12M)
  --what WHAT     ${recordings.join(' or ')}; without it both, one after the other: the trace's writing would show in the profile
  --out DIR       where the recordings go (recordings-MODEL, with KVM recordings-MODEL-kvm)
  --packages DIR  keep the downloaded Debian packages there and use those that are there
  --seconds N     give a boot and a transfer this long each (120)`

const units = { '': 1, K: 2 ** 10, M: 2 ** 20 }

function bytesOf(text) {
  const [, digits, unit] = /^(\d{1,9})([KM]?)$/.exec(text) ?? []
  const bytes = Number(digits) * units[unit]
  if (!(bytes >= 1024 && bytes <= 2 ** 30)) throw new SetupFault(`--bytes ${text}: from 1K to 1024M can be sent.`)
  return bytes
}

function oneOf(name, value, choices) {
  if (!choices.includes(value)) throw new SetupFault(`--${name} ${value}: there are ${choices.join(', ')}.`)
  return value
}

/** Null: only the usage was asked for. Throws a SetupFault for what cannot be meant. */
export function optionsOf(args) {
  const strings = ['model', 'accel', 'bytes', 'what', 'out', 'packages', 'seconds'].map((name) => [name, { type: 'string' }])
  let values
  try {
    ({ values } = parseArgs({ args, options: { ...Object.fromEntries(strings), help: { type: 'boolean', short: 'h' } } }))
  } catch (error) {
    throw new SetupFault(error.message, 'npm run record -- --help shows the options.')
  }
  if (values.help) return null
  const model = oneOf('model', values.model ?? 'pcnet', Object.keys(models))
  const accel = oneOf('accel', values.accel ?? 'tcg', accelerators)
  const seconds = Number(values.seconds ?? 120)
  if (!(seconds >= 5 && seconds <= 3600)) throw new SetupFault(`--seconds ${values.seconds}: from 5 to 3600 can be waited.`)
  const bytes = values.bytes === undefined ? null : bytesOf(values.bytes)
  return {
    model, accel, seconds,
    bytes: { trace: bytes ?? 2 * units.M, perf: bytes ?? 12 * units.M },
    what: values.what === undefined ? recordings : [oneOf('what', values.what, recordings)],
    out: values.out ?? `recordings-${model}${accel === 'kvm' ? '-kvm' : ''}`, packages: values.packages ?? null,
  }
}
