import type { JsonBytes } from '../json-bytes'
import { GrowingFloats, GrowingInts } from '../../growing'

/** Kinds of events that make spans, by their letter; all others are counted by their letter. */
export const Phase = { Begin: 0, End: 1, Complete: 2 } as const

/** Spans of one thread as they stand in the file: columns, in file order. */
export interface ThreadEvents {
  pid: number
  tid: number
  phase: GrowingInts
  /** Number of the name in the file's strings. */
  name: GrowingInts
  category: GrowingInts
  /** Microseconds. */
  at: GrowingFloats
  duration: GrowingFloats
}

export interface TraceContent {
  threads: Map<string, ThreadEvents>
  threadNames: Map<string, string>
  processNames: Map<number, string>
  /** Events that make no spans, by letter. */
  others: Map<string, number>
  /** Where the arguments of V8 profile chunks begin, by their process and the id of their profile. */
  chunks: Map<string, number[]>
  events: number
}

export function emptyContent(): TraceContent {
  return { threads: new Map(), threadNames: new Map(), processNames: new Map(), others: new Map(), chunks: new Map(), events: 0 }
}

interface Event {
  phase: string
  name: number
  category: number
  at: number
  duration: number
  pid: number
  tid: number
  id: string
  argsAt: number
}

/** One event object at the reader's place. */
export function readEvent(json: JsonBytes, content: TraceContent): void {
  content.events++
  const event: Event = { phase: '', name: -1, category: -1, at: Number.NaN, duration: 0, pid: 0, tid: 0, id: '', argsAt: -1 }
  json.object((key) => readMember(json, event, key))
  const thread = `${event.pid}/${event.tid}`
  if (event.phase === 'M') readMetadata(json, content, event, thread)
  else if (event.phase === 'P' && event.argsAt >= 0) addChunk(content, `${event.pid} ${event.id}`, event.argsAt)
  else addSpan(content, event, thread)
}

function addChunk(content: TraceContent, key: string, at: number): void {
  const chunks = content.chunks.get(key)
  if (chunks) chunks.push(at)
  else content.chunks.set(key, [at])
}

function readMember(json: JsonBytes, event: Event, key: string): void {
  switch (key) {
    case 'ph': event.phase = json.string(); return
    case 'name': event.name = json.text(); return
    case 'cat': event.category = json.text(); return
    case 'ts': event.at = numberOf(json); return
    case 'dur': event.duration = numberOf(json); return
    case 'pid': event.pid = numberOf(json); return
    case 'tid': event.tid = numberOf(json); return
    case 'id': event.id = json.string(); return
    case 'args':
      event.argsAt = json.at
      json.skip()
      return
    default: json.skip()
  }
}

/** Some writers put numbers into quotes. */
function numberOf(json: JsonBytes): number {
  return json.kind() === 'string' ? Number(json.string()) : json.number()
}

const phases: Record<string, number> = { B: Phase.Begin, E: Phase.End, X: Phase.Complete }

function addSpan(content: TraceContent, event: Event, key: string): void {
  const phase = phases[event.phase]
  if (phase === undefined || !Number.isFinite(event.at)) {
    const letter = event.phase === '' ? '(none)' : event.phase.slice(0, 8)
    content.others.set(letter, (content.others.get(letter) ?? 0) + 1)
    return
  }
  let thread = content.threads.get(key)
  if (!thread) {
    thread = {
      pid: event.pid, tid: event.tid, phase: new GrowingInts(), name: new GrowingInts(), category: new GrowingInts(),
      at: new GrowingFloats(), duration: new GrowingFloats(),
    }
    content.threads.set(key, thread)
  }
  thread.phase.push(phase)
  thread.name.push(event.name)
  thread.category.push(event.category)
  thread.at.push(event.at)
  thread.duration.push(Number.isFinite(event.duration) ? Math.max(0, event.duration) : 0)
}

function readMetadata(json: JsonBytes, content: TraceContent, event: Event, thread: string): void {
  const what = event.name < 0 ? '' : json.strings.text[event.name]!
  if (event.argsAt < 0 || (what !== 'thread_name' && what !== 'process_name')) return
  const behind = json.at
  json.at = event.argsAt
  let name = ''
  if (json.kind() === 'object') json.object((key) => { if (key === 'name') name = json.string(); else json.skip() })
  json.at = behind
  if (what === 'thread_name') content.threadNames.set(thread, name)
  else content.processNames.set(event.pid, name)
}
