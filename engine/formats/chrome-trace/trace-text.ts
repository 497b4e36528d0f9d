/** Values of an event's `args`. */
export type TraceArguments = Record<string, string | number>

/** Where an event stands: a process and a thread of it, by number. */
export interface TracePlace {
  pid: number
  tid: number
}

const encoder = new TextEncoder()

/**
 * Chrome's trace event JSON ("Trace Event Format", Google), event by event. Stamps are microseconds. At equal stamps the
 * order of the calls is the order of the file, which viewers keep.
 */
export class TraceText {
  events = 0
  private readonly parts: string[] = []

  process(pid: number, name: string): void {
    this.add(`"ph":"M","name":"process_name","pid":${pid},"tid":0,"args":{"name":${JSON.stringify(name)}}`)
  }

  /** Threads are shown in the order of `sort`. */
  thread({ pid, tid }: TracePlace, name: string, sort: number): void {
    const place = `"pid":${pid},"tid":${tid}`
    this.add(`"ph":"M","name":"thread_name",${place},"args":{"name":${JSON.stringify(name)}}`)
    this.add(`"ph":"M","name":"thread_sort_index",${place},"args":{"sort_index":${sort}}`)
  }

  begin(place: TracePlace, at: number, name: string, category: string, args: TraceArguments = {}): void {
    this.add(`"ph":"B",${placed(place, at)},"name":${JSON.stringify(name)},"cat":${JSON.stringify(category)}${argued(args)}`)
  }

  /** Name and arguments are those of its beginning: speedscope looks for both. */
  end(place: TracePlace, at: number, name: string, args: TraceArguments = {}): void {
    this.add(`"ph":"E",${placed(place, at)},"name":${JSON.stringify(name)}${argued(args)}`)
  }

  /** A moment on one thread. */
  instant(place: TracePlace, at: number, name: string, category: string, args: TraceArguments = {}): void {
    this.add(`"ph":"i","s":"t",${placed(place, at)},"name":${JSON.stringify(name)},"cat":${JSON.stringify(category)}${argued(args)}`)
  }

  /** Value of a counter from `at` on. */
  counter(pid: number, at: number, name: string, value: number): void {
    this.add(`"ph":"C",${placed({ pid, tid: 0 }, at)},"name":${JSON.stringify(name)},"args":{"value":${value}}`)
  }

  /** A point of a way, bound to the span that is open there: its start (s), a step (t) or its end (f). */
  flow(step: 's' | 't' | 'f', place: TracePlace, at: number, id: number, name: string, args: TraceArguments = {}): void {
    this.add(`"ph":"${step}","bp":"e","id":${id},${placed(place, at)},"name":${JSON.stringify(name)},"cat":"packet"${argued(args)}`)
  }

  /** The whole file; `facts` say what it is of. */
  bytes(facts: Record<string, string | number>): Uint8Array {
    const head = `{"displayTimeUnit":"ns","otherData":${JSON.stringify(facts)},"traceEvents":[\n`
    return encoder.encode(`${head}${this.parts.join(',\n')}\n]}\n`)
  }

  private add(members: string): void {
    this.events++
    this.parts.push(`{${members}}`)
  }
}

/** A tenth of a nanosecond is finer than any clock here; equal times have equal texts. */
function placed({ pid, tid }: TracePlace, at: number): string {
  return `"pid":${pid},"tid":${tid},"ts":${Math.round(at * 1e4) / 1e4}`
}

function argued(args: TraceArguments): string {
  return Object.keys(args).length > 0 ? `,"args":${JSON.stringify(args)}` : ''
}
