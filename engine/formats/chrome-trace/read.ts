import { PlainErrorException } from '../../plain-error'
import type { WeightType } from '../../profile/columns'
import { JsonBytes, JsonFault } from '../json-bytes'
import { emptyLoadReport, type LoadReport } from '../load-report'
import { asPart, atOnce, type ReadSteps } from '../read-steps'
import { Rows } from '../rows'
import { sortedInSteps } from '../sorted-in-steps'
import { EventedStack } from '../speedscope/evented'
import { addAsync, type AsyncEvents } from './async'
import { counterWords } from './counters'
import { addCpuProfiles } from './cpu-profiles'
import { emptyContent, Phase, readEvent, type ThreadEvents, type TraceContent } from './events'

/** Events between two looks at who waits: some milliseconds. */
const eventsAtOnce = 1 << 14

const columns: WeightType[] = [{ name: 'time', unit: 'nanoseconds', kind: 'true' }]

/**
 * Reads Chrome's trace event JSON (Google's "Trace Event Format"): B/E pairs and X events of each thread become spans, a
 * row for each stretch of time during which the same calls were open; asynchronous work is a thread for each category. A list without its end, and an end without its
 * beginning, are read as far as they go and counted.
 */
export function* chromeTraceSteps(fileName: string, bytes: Uint8Array, reason: string): ReadSteps {
  const report = emptyLoadReport('chrome-trace', reason)
  report.bytes = bytes.length
  const json = new JsonBytes(bytes)
  const content = emptyContent()
  const events = () => json.arraySteps(() => readEvent(json, content))
  try {
    const list = json.kind() === 'array' ? events() : json.objectSteps((key) => key === 'traceEvents' ? events() : json.skipSteps())
    yield* asPart(list, bytes.length, 1)
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown
    report.notes.push(`the text ends at byte ${thrown.at} (${thrown.message}): writers that are stopped leave their list open`)
  }
  const rows = new Rows(columns)
  for (const _ of addCpuProfiles(json, rows, content, report)) yield 1
  if (content.threads.size === 0 && content.asyncs.size === 0 && rows.length === 0) {
    throw new PlainErrorException({ what: `The trace holds ${content.events} events, but none that begins or ends a span of time.`, where: fileName })
  }
  for (const [key, thread] of content.threads) {
    for (const _ of spansOf(json, rows, thread, threadName(content, key, thread), report)) yield 1
  }
  for (const asyncs of content.asyncs.values()) {
    addAsync(json, rows, asyncs, asyncName(json, content, asyncs), report)
    yield 1
  }
  report.samplesDropped.push(...[...content.others].map(([what, count]) => ({ reason: `${what} (no spans of time)`, count })))
  report.notes.push(...counterWords(content.counters, (pid) => processName(content, pid)))
  if (content.oddDurations > 0) report.notes.push(`${content.oddDurations} durations are below 0 or no numbers: they were taken as 0`)
  if (content.asyncs.size > 0) report.notes.push('asynchronous work overlaps: its threads hold the sum of its times, which may be more than the time that passed')
  report.samplesKept = rows.length
  report.eventTypes = [{ name: 'time', count: rows.length }]
  return { profile: rows.profile(fileName), report }
}

export const readChromeTrace = atOnce(chromeTraceSteps)

function processName({ processNames }: TraceContent, pid: number): string {
  return processNames.get(pid) ?? `process ${pid}`
}

function threadName(content: TraceContent, key: string, { pid, tid }: ThreadEvents): string {
  return `${processName(content, pid)} / ${content.threadNames.get(key) ?? `thread ${tid}`}`
}

function asyncName(json: JsonBytes, content: TraceContent, { pid, category }: AsyncEvents): string {
  return `${processName(content, pid)} / asynchronous ${category < 0 ? 'work' : json.strings.text[category]!}`
}

/** In time order; of what begins together the longer first, as it is around the other; at equal stamps the file's order. */
function* spansOf(json: JsonBytes, rows: Rows, thread: ThreadEvents, name: string, report: LoadReport): Generator<void, void, void> {
  const { phase, at, duration } = thread
  const order = yield* sortedInSteps(at.length, (a, b) => at.at(a) - at.at(b) || (phase.at(a) === Phase.Complete && phase.at(b) === Phase.Complete ? duration.at(b) - duration.at(a) : 0) || a - b)
  for (let i = 1; i < at.length; i++) if (at.at(i) < at.at(i - 1)) report.stampsOutOfOrder++
  const id = rows.thread(name)
  const stack = new EventedStack(rows, (row, from, to) => rows.add(row, [(to - from) * 1000], id, from / 1e6))
  /** Frames of X events and when they end; of B events until their E comes: Infinity. */
  const open: { frame: number; until: number }[] = []
  let unmatched = 0
  let last = 0
  const closeUntil = (time: number) => {
    while (open.length > 0 && open.at(-1)!.until <= time) {
      const done = open.pop()!
      stack.leave(done.frame, done.until)
    }
  }
  let turns = 0
  for (const i of order) {
    if (++turns % eventsAtOnce === 0) yield
    const time = at.at(i)
    last = Math.max(last, time + duration.at(i))
    closeUntil(time)
    if (phase.at(i) === Phase.End) {
      let begun = open.length - 1
      while (begun >= 0 && open[begun]!.until !== Infinity) begun--
      if (begun < 0) unmatched++
      else for (let k = open.length - 1; k >= begun; k--) stack.leave(open.pop()!.frame, time)
      continue
    }
    const frame = frameOf(json, rows, thread, i, report)
    stack.enter(frame, time)
    open.push({ frame, until: phase.at(i) === Phase.Complete ? time + duration.at(i) : Infinity })
  }
  closeUntil(last)
  const left = stack.end(last)
  if (unmatched > 0) report.samplesDropped.push({ reason: `ends without a beginning in ${name}`, count: unmatched })
  if (left > 0) report.notes.push(`${left} spans of ${name} have no end: they last to the thread's last event`)
}

function frameOf(json: JsonBytes, rows: Rows, { name, category }: ThreadEvents, i: number, report: LoadReport): number {
  const text = name.at(i) < 0 ? '' : json.strings.text[name.at(i)]!
  if (text === '') report.unknownSymbols++
  return rows.builder.frameId(text || '[unnamed]', category.at(i) < 0 ? '' : json.strings.text[category.at(i)]!)
}
