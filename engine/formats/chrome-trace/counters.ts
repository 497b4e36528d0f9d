import type { JsonBytes } from '../json-bytes'

/** What a counter's values were between: a profile has no place for a curve. */
export interface CounterRange {
  pid: number
  name: string
  events: number
  least: number
  most: number
}

/** A trace of nonsense must not fill the memory. */
const mostCounters = 1000

/** Reads one counter event's `args` at `place`; each of its series is a counter. */
export function addCounter(json: JsonBytes, counters: Map<string, CounterRange>, pid: number, name: string, place: number): void {
  const behind = json.at
  json.at = place
  if (json.kind() === 'object') {
    json.object((series) => {
      if (json.kind() === 'number') addValue(counters, pid, `${name} ${series}`, json.number())
      else json.skip()
    })
  }
  json.at = behind
}

function addValue(counters: Map<string, CounterRange>, pid: number, name: string, value: number): void {
  const key = `${pid} ${name}`
  const known = counters.get(key)
  if (!Number.isFinite(value) || (!known && counters.size >= mostCounters)) return
  if (!known) counters.set(key, { pid, name, events: 1, least: value, most: value })
  else {
    known.events++
    known.least = Math.min(known.least, value)
    known.most = Math.max(known.most, value)
  }
}

const mostTold = 10

/** Sentences for the load report. */
export function counterWords(counters: ReadonlyMap<string, CounterRange>, processName: (pid: number) => string): string[] {
  const all = [...counters.values()]
  const told = all.slice(0, mostTold).map(({ pid, name, events, least, most }) =>
    `counter ${name} of ${processName(pid)}: from ${least} to ${most} in ${events} ${events === 1 ? 'event' : 'events'}`)
  return all.length > mostTold ? [...told, `${all.length - mostTold} more counters`] : told
}
