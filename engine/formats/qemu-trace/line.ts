/** One event of QEMU's log. */
export interface TraceEvent {
  /** Thread id and seconds; null without QEMU's timestamp prefix. */
  thread: string | null
  seconds: number | null
  name: string
  args: string
}

/** `[TID@SEC.USEC:]event args`: the prefix comes with `-msg timestamp=on`. Free text of QEMU may stand between. */
const line = /^(?:(\d+)@(\d+\.\d+):)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?:\s+(.*))?$/
const longest = 2000

export function parseTraceEvent(text: string): TraceEvent | null {
  const found = text.length > longest ? null : line.exec(text)
  if (!found) return null
  return { thread: found[1] ?? null, seconds: found[2] === undefined ? null : Number(found[2]), name: found[3]!, args: found[4] ?? '' }
}

const patterns = new Map<string, RegExp>()

/** `key=value` (device events) and `key value` (memory regions, virtio): both are looked for. Null: not there. */
export function argOf(args: string, key: string): number | null {
  let pattern = patterns.get(key)
  if (!pattern) patterns.set(key, pattern = new RegExp(`(?:^|\\s)${key}[= ](0x[0-9a-f]+|-?\\d+)`, 'i'))
  const found = pattern.exec(args)
  const value = found ? Number(found[1]) : Number.NaN
  return Number.isFinite(value) ? value : null
}

const devices = /^(?:pcnet|e1000e?|rtl8139|virtio|memory_region_ops|apic|kvm|tap|vhost|net)_/

/** Why the beginning of a text is taken for a QEMU trace log, or null when it is not. */
export function qemuTraceReason(beginning: string): string | null {
  const lines = beginning.split(/\r?\n/, 300).filter((text) => text.trim() !== '').slice(0, -1)
  const events = lines.map(parseTraceEvent).filter((event) => event !== null)
  if (events.length < 2 || events.length < 0.8 * lines.length) return null
  const known = events.find(({ name }) => devices.test(name))
  return known ? `${events.length} of its first ${lines.length} lines are QEMU trace events, such as ${known.name}` : null
}
