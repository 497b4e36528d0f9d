/** One event of a text trace. */
export interface TraceLine {
  comm: string
  pid: number
  cpu: number
  seconds: number
  event: string
  text: string
}

/**
 * `comm-pid [cpu] flags secs.usecs: event: text`, as `trace-cmd report` (no flags unless asked for) and the kernel's
 * `trace` file (flags of four or five characters) write it; a guest's name may stand first when traces are merged.
 */
const line = /^\s*(?:[\w.-]+:\s+)?(\S.*?)-(\d+)\s+(?:\(\s*[\d-]+\)\s+)?\[(\d+)\]\s+(?:[.\w#!+*@$]{4,8}\s+)?(\d+\.\d+):\s+([\w:.-]+?):?(?:\s+(.*))?$/

export function parseTraceLine(text: string): TraceLine | null {
  const found = text.length > 4096 ? null : line.exec(text)
  if (!found) return null
  return { comm: found[1]!, pid: Number(found[2]), cpu: Number(found[3]), seconds: Number(found[4]), event: found[5]!, text: found[6] ?? '' }
}

/** Why the beginning of a text is taken for a text trace of ftrace, or null when it is not. */
export function ftraceReason(beginning: string): string | null {
  const lines = beginning.split(/\r?\n/, 400)
  const tracer = lines.find((one) => /^# tracer: \S/.test(one))
  if (tracer) return `it says "${tracer.slice(2)}", as the kernel's trace file does`
  const bodies = lines.filter((one) => one.trim() !== '' && !one.startsWith('#') && !/^(?:cpus=|CPU \d+ is empty|version =)/.test(one))
  const events = bodies.slice(0, -1).filter((one) => parseTraceLine(one) !== null).length
  return events >= 2 && events >= 0.9 * (bodies.length - 1) ? `${events} of its first ${bodies.length - 1} lines are events of ftrace` : null
}
