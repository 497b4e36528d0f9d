import type { JsonBytes } from '../json-bytes'
import { GrowingFloats, GrowingInts } from '../../growing'
import { asyncPhases, emptyAsync, type AsyncEvents } from './async'
import { addCounter, type CounterRange } from './counters'

/** Kinds of events that make spans of a thread. */
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
  /** By process and category. */
  asyncs: Map<string, AsyncEvents>
  counters: Map<string, CounterRange>
  /** Events that make no spans, by what they are. */
  others: Map<string, number>
  /** Durations below 0, or that are no numbers. */
  oddDurations: number
  /** Where the arguments of V8 profile chunks begin, by their process and the id of their profile. */
  chunks: Map<string, number[]>
  events: number
}

export function emptyContent(): TraceContent {
  return { threads: new Map(), threadNames: new Map(), processNames: new Map(), asyncs: new Map(), counters: new Map(), others: new Map(), oddDurations: 0, chunks: new Map(), events: 0 }
}

interface Event {
  phase: string
  name: number
  category: number
  at: number
  duration: number
  pid: number
  tid: number
  /** Number of a text; -1 without one. */
  id: number
  argsAt: number
}

/** One event object at the reader's place. */
export function readEvent(json: JsonBytes, content: TraceContent): void {
  content.events++
  const event: Event = { phase: '', name: -1, category: -1, at: Number.NaN, duration: 0, pid: 0, tid: 0, id: -1, argsAt: -1 }
  json.object((key) => readMember(json, event, key))
  const thread = `${event.pid}/${event.tid}`
  if (event.phase === 'M') readMetadata(json, content, event, thread)
  else if (event.phase === 'P' && event.argsAt >= 0) addChunk(content, `${event.pid} ${event.id}`, event.argsAt)
  else if (asyncPhases.has(event.phase) && Number.isFinite(event.at)) addAsyncEvent(content, event)
  else addSpan(content, event, thread)
  if (event.phase === 'C' && event.argsAt >= 0) addCounter(json, content.counters, event.pid, event.name < 0 ? '' : json.strings.text[event.name]!, event.argsAt)
}

function addAsyncEvent({ asyncs }: TraceContent, { pid, category, phase, id, name, at }: Event): void {
  const key = `${pid} ${category}`
  let events = asyncs.get(key)
  if (!events) asyncs.set(key, events = emptyAsync(pid, category))
  events.begins.push(asyncPhases.get(phase)!)
  events.id.push(id)
  events.name.push(name)
  events.at.push(at)
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
    // id2 is an object: its own text tells it apart as well
    case 'id': case 'id2': event.id = json.text(); return
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

/** What makes no span of time. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['iI', 'instant events'], ['C', 'counter events'], ['stf', 'flow events'], ['nTp', 'moments of asynchronous events'],
  ['NOD', 'object events'], ['Vv', 'memory dumps'], ['R', 'marks'], ['c', 'clock events'],
].flatMap(([letters, what]) => Array.from(letters!, (letter) => [letter, what!] as const)))
const phases: ReadonlyMap<string, number> = new Map([['B', Phase.Begin], ['E', Phase.End], ['X', Phase.Complete]])

function addSpan(content: TraceContent, event: Event, key: string): void {
  const phase = phases.get(event.phase)
  if (phase === undefined || !Number.isFinite(event.at)) {
    const what = phase === undefined ? kinds.get(event.phase) ?? `events of kind "${event.phase.slice(0, 8)}"` : 'events without a time'
    content.others.set(what, (content.others.get(what) ?? 0) + 1)
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
  const isOdd = !(event.duration >= 0 && event.duration < Infinity)
  if (isOdd) content.oddDurations++
  thread.duration.push(isOdd ? 0 : event.duration)
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
