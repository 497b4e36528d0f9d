/** One head line of `perf script`: what was interrupted, when, by which event. See grammar.md. */
export interface Head {
  comm: string
  pid: number | null
  tid: number
  /** Number of the processor; null where none is printed. */
  cpu: number | null
  /** Letters of the misc column: K host kernel, U host user, H hypervisor, G guest kernel, g guest user. */
  misc: string
  /** Of a guest's sample that `perf inject --guest-data` has placed. */
  guest: boolean
  /** Whole seconds and nanoseconds apart, so that differences of large stamps keep every digit. */
  seconds: number | null
  nanoseconds: number
  period: number | null
  event: string
  /** What follows the event: an instruction address and symbol, or a tracepoint's text. */
  rest: string
}

/** A comm has 16 bytes in the kernel, but perf pads and prefixes: left of the time there is never more than this. */
const longestLeft = 256
/** Behind the event: a tracepoint's text, or the branches of a sample, as many as a line is read. */
const longestRest = 65_536
/** Of a tracepoint's text or the symbol in it. */
const longestText = 4096

const timeStamp = /(?:^|\s)(\d+)\.(\d{6}|\d{9}):(?=\s|$)/
const guestPrefix = /^\s*(?:VM:\s*\d+\s+)?(?:VCPU:\s*\d+\s+)?/
// matched from the right, because a comm may hold blanks, slashes and numbers ('FS Broker 5858  5791/5860')
const thread = String.raw`^\s*(\S|\S.*?\S)\s+(?:(-?\d+)/)?(-?\d+)(?:\s+\[(\d{1,9})\])?`
const date = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+`
const leftOfTime = new RegExp(String.raw`${thread}(?:\s+([A-Za-z]{1,8}))?(?:\s+${date})?\s*$`)
const rightOfTime = /^\s*(?:(\d+)\s+)?(\S+):(?:\s+(.*))?$/
const withoutTime = new RegExp(String.raw`${thread}\s+(?:(\d+)\s+)?([A-Za-z][^\s()]*):(?:\s+(.*))?$`)

export function parseHead(line: string): Head | null {
  const stamp = timeStamp.exec(line)
  if (!stamp) return parseWithoutTime(line)
  const left = line.slice(0, stamp.index)
  if (left.length > longestLeft) return null
  const prefix = guestPrefix.exec(left)?.[0] ?? ''
  const who = leftOfTime.exec(left.slice(prefix.length))
  const what = rightOfTime.exec(line.slice(stamp.index + stamp[0].length).slice(0, longestRest))
  if (!who || !what) return null
  return {
    comm: who[1]!, pid: who[2] === undefined ? null : Number(who[2]), tid: Number(who[3]),
    cpu: who[4] === undefined ? null : Number(who[4]), misc: who[5] ?? '',
    guest: prefix.includes(':'),
    seconds: Number(stamp[1]), nanoseconds: Number(stamp[2]!.padEnd(9, '0')),
    period: what[1] === undefined ? null : Number(what[1]), event: what[2]!, rest: what[3] ?? '',
  }
}

/** `perf script -F` without the time: what is left is too little to be sure of, so the event must look like a name. */
function parseWithoutTime(line: string): Head | null {
  const found = line.length > 2 * longestLeft ? null : withoutTime.exec(line)
  if (!found) return null
  return {
    comm: found[1]!, pid: found[2] === undefined ? null : Number(found[2]), tid: Number(found[3]),
    cpu: found[4] === undefined ? null : Number(found[4]), misc: '', guest: false, seconds: null, nanoseconds: 0,
    period: found[5] === undefined ? null : Number(found[5]), event: found[6]!, rest: found[7] ?? '',
  }
}

/** `cycles:ppp`, `cpu-clock:u`, `cpu/cycles/:u`: how it is counted, where a tracepoint has its name. */
const modifier = /:[ukhHGpPSDWeI]+$/
const addressAndSymbol = /^[0-9a-f]{4,}\s+\S/
/** Behind a tracepoint's text the address is set right in 16 columns. */
const addressColumns = 16
const tracepointAddress = /^(?:.*\s)?([0-9a-f]{4,16}) \S/d
const symbolAlone = /^[0-9a-f]{12,16} [^\s=]+$/

/**
 * Without call chains `perf script` prints the instruction's address, symbol and module behind the event, and behind a
 * tracepoint's own text: the part of `rest` that is it, '' when none is. Only their form tells it from that text.
 */
export function inlineFrameText({ event, rest: whole }: Head): string {
  const rest = whole.slice(0, longestText)
  if (!event.includes(':') || modifier.test(event)) return addressAndSymbol.test(rest) ? rest : ''
  if (symbolAlone.test(rest)) return rest
  const module = rest.endsWith(')') ? Math.max(rest.lastIndexOf(' (['), rest.lastIndexOf(' (/')) : -1
  const [start, end] = module < 0 ? [0, 0] : tracepointAddress.exec(rest.slice(0, module))?.indices?.[1] ?? [0, 0]
  if (start === 0) return end >= 8 ? rest : ''
  // behind text: one blank before the columns, and blanks where the digits leave columns
  return end > addressColumns && /^\s+$/.test(rest.slice(end - addressColumns - 1, start)) ? rest.slice(start) : ''
}
