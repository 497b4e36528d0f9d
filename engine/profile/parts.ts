import { commOf } from './classify/threads'
import { rowsWhere, samplesAt, type Profile } from './columns'

/**
 * What of a profile can be looked at alone: a thread, all threads of a process, or what ran on one processor. A part is a
 * number that stays the same whatever samples are left of the profile: a thread's own, those of processes behind them, and
 * -1 - n for processor n.
 */
export interface ProfilePart {
  part: number
  kind: 'thread' | 'process' | 'processor'
  name: string
}

/** A process by the names of its threads, as readers write them. */
interface Process {
  name: string
  threads: number[]
}

const known = new WeakMap<readonly string[], Process[]>()

/** `comm pid/tid`, as perf has them: the process is known by its number, and named after its first thread. */
const numbered = /\s(\d+)\/(\d+)$/

/** Processes by the names of their threads; none where names do not say them. */
function processesOf(threads: readonly string[]): readonly Process[] {
  let found = known.get(threads)
  if (!found) {
    const byId = new Map<string, Process>()
    threads.forEach((thread, id) => {
      const key = processOf(thread)
      if (key === null) return
      const process = byId.get(key.id)
      if (!process) byId.set(key.id, { name: key.name, threads: [id] })
      else {
        process.threads.push(id)
        if (key.leads) process.name = key.name
      }
    })
    known.set(threads, found = [...byId.values()])
  }
  return found
}

function processOf(thread: string): { id: string; name: string; leads: boolean } | null {
  const ids = numbered.exec(thread)
  if (ids) return { id: ids[1]!, name: `${commOf(thread)} ${ids[1]}`, leads: ids[1] === ids[2] }
  const slash = thread.indexOf(' / ')
  return slash < 0 ? null : { id: thread.slice(0, slash), name: thread.slice(0, slash), leads: false }
}

/** Threads, processes where there are several, and processors where there are several. */
export function partsOf(profile: Profile): ProfilePart[] {
  const { threads, samples } = profile
  const processes = processesOf(threads)
  const processors = processorsOf(samples.cpu)
  return [
    ...(samples.thread && threads.length > 1 ? threads.map((name, part): ProfilePart => ({ part, kind: 'thread', name })) : []),
    ...(samples.thread && processes.length > 1
      ? processes.map(({ name }, i): ProfilePart => ({ part: threads.length + i, kind: 'process', name })) : []),
    ...(processors.length > 1 ? processors.map((cpu): ProfilePart => ({ part: -1 - cpu, kind: 'processor', name: `CPU ${cpu}` })) : []),
  ]
}

function processorsOf(cpu: Int32Array | undefined): number[] {
  const found = new Set<number>()
  for (const one of cpu ?? []) if (one >= 0) found.add(one)
  return [...found].sort((a, b) => a - b)
}

/** "thread CPU 0/KVM 5/6", "process qemu 5", "CPU 3"; null of no part, and of one that the profile cannot have. */
export function partName(profile: Profile, part: number | null): string | null {
  if (part === null) return null
  if (part < 0) return `CPU ${-1 - part}`
  const { threads } = profile
  if (part < threads.length) return `thread ${threads[part]}`
  const process = processesOf(threads)[part - threads.length]
  return process ? `process ${process.name}` : null
}

/** Whether a row of the sample table is of the part. */
export function rowsOfPart({ threads, samples: { thread, cpu } }: Profile, part: number): (row: number) => boolean {
  if (part < 0) return (row) => cpu?.[row] === -1 - part
  if (part < threads.length) return (row) => thread?.[row] === part
  const wanted = new Set(processesOf(threads)[part - threads.length]?.threads)
  return (row) => thread !== undefined && wanted.has(thread[row]!)
}

/** The samples of a part, as a profile of its own over the same frames and stacks. */
export function profileOfPart(profile: Profile, part: number): Profile {
  return { ...profile, samples: samplesAt(profile.samples, rowsWhere(profile.samples, rowsOfPart(profile, part))) }
}

export function weightOfPart(profile: Profile, weight: number, part: number): number {
  const isInside = rowsOfPart(profile, part)
  const column = profile.samples.weights[weight]!
  let sum = 0
  for (let row = 0; row < column.length; row++) if (isInside(row)) sum += column[row]!
  return sum
}
