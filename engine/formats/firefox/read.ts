import { PlainErrorException } from '../../plain-error'
import type { WeightType } from '../../profile/columns'
import { JsonBytes, JsonFault, type JsonSteps } from '../json-bytes'
import { emptyLoadReport, type LoadReport } from '../load-report'
import { asPart, atOnce, type ReadProfile, type ReadSteps } from '../read-steps'
import { Rows, withWeights } from '../rows'
import { frameTexts, type FrameTexts } from './frames'
import { emptyBag, readBag, type Bag, type Columns } from './tables'

/** The newest processed form whose tables are known here; a later one is refused with both numbers. */
const newestProcessed = 70
/** Gecko profiles hold those of child processes inside them. */
const mostProcesses = 1000

const columns: WeightType[] = [
  { name: 'samples', unit: 'count', kind: 'sampled' }, { name: 'time', unit: 'nanoseconds', kind: 'sampled' },
  { name: 'bytes', unit: 'bytes', kind: 'sampled' },
]

/**
 * Reads profiles of the Firefox Profiler: gecko (as recorded) and processed (as its web page saves them, up to version
 * 70). Every thread of every process is a thread here; markers and counters are not read and are said to be left out.
 */
export function* firefoxSteps(fileName: string, bytes: Uint8Array, reason: string): ReadSteps {
  const reader = new FirefoxReader(fileName, bytes, reason)
  // threads are gone over once to find where they begin, and gecko's tables once more
  yield* asPart(reader.read(), bytes.length, 3)
  return reader.result()
}

export const readFirefox = atOnce(firefoxSteps)

interface Process {
  /** Where its threads begin. */
  threadsAt: number
  shared: Bag | null
}

class FirefoxReader {
  private readonly json: JsonBytes
  private readonly rows = new Rows(columns)
  private readonly report: LoadReport
  private readonly dropped = new Map<string, number>()

  constructor(private readonly fileName: string, bytes: Uint8Array, reason: string) {
    this.json = new JsonBytes(bytes)
    this.report = emptyLoadReport('firefox', reason)
    this.report.bytes = bytes.length
  }

  *read(): JsonSteps {
    const { report, json } = this
    const processes: Process[] = []
    try {
      const open = [json.at]
      while (open.length > 0 && processes.length < mostProcesses) yield* this.readProcess(open.pop()!, open, processes)
    } catch (thrown) {
      if (!(thrown instanceof JsonFault)) throw thrown
      report.notUnderstood++
      report.notes.push(`the text breaks off at byte ${thrown.at} (${thrown.message}): what came before was kept`)
    }
    for (const process of processes) yield* this.readThreads(process)
  }

  result(): ReadProfile {
    const { report, rows } = this
    if (rows.length === 0) throw new PlainErrorException({ what: 'The Firefox profile holds no samples.', where: this.fileName })
    report.samplesKept = rows.length
    report.samplesDropped = [...this.dropped].map(([why, count]) => ({ reason: why, count }))
    report.eventTypes = [{ name: 'samples', count: rows.length }]
    report.notes.push('markers and counters are not read')
    const profile = rows.profile(this.fileName)
    // kinds of weight that no thread of the file has are left out
    return { profile: withWeights(profile, (k) => profile.samples.weights[k]!.some((value) => value !== 0)), report }
  }

  private *readProcess(at: number, open: number[], processes: Process[]): JsonSteps {
    const { json } = this
    json.at = at
    const process: Process = { threadsAt: -1, shared: null }
    yield* json.objectSteps((key) => {
      const kind = json.kind()
      if (key === 'meta' && kind === 'object') return this.readMeta()
      if (key === 'shared' && kind === 'object') return readBag(json, process.shared = emptyBag())
      if (key === 'processes' && kind === 'array') {
        return json.arraySteps(() => {
          open.push(json.at)
          return json.skipSteps()
        })
      }
      if (key === 'threads' && kind === 'array') process.threadsAt = json.at
      return json.skipSteps()
    })
    if (process.threadsAt >= 0) processes.push(process)
  }

  private readMeta(): void {
    const { json } = this
    json.object((key) => {
      if (key === 'interval' && json.kind() === 'number') return this.readInterval(json.number())
      if (key !== 'preprocessedProfileVersion') return json.skip()
      const version = json.number()
      if (version > newestProcessed) {
        throw new PlainErrorException({
          what: `The profile is of the Firefox Profiler's processed version ${version}; Worldswitch knows versions up to ${newestProcessed}.`,
          where: this.fileName, todo: 'Save it as a gecko profile, or as pprof or folded stacks.',
        })
      }
    })
  }

  /** Milliseconds between two samples, as they were asked for. */
  private readInterval(milliseconds: number): void {
    if (milliseconds > 0 && milliseconds < Infinity) this.report.askedPerSecond ??= 1000 / milliseconds
  }

  private *readThreads({ threadsAt, shared }: Process): JsonSteps {
    const { json } = this
    json.at = threadsAt
    try {
      yield* json.arraySteps(() => this.readNextThread(shared))
    } catch (thrown) {
      if (!(thrown instanceof JsonFault)) throw thrown
      this.report.notes.push('a thread breaks off and was left out')
    }
  }

  private *readNextThread(shared: Bag | null): JsonSteps {
    const thread = emptyBag()
    yield* readBag(this.json, thread)
    this.readThread(thread, shared)
  }

  private readThread(thread: Bag, shared: Bag | null): void {
    const samples = thread.tables.get('samples')
    const stackTable = thread.tables.get('stackTable') ?? shared?.tables.get('stackTable')
    if (!samples || !stackTable) return
    const process = thread.texts.get('processName') ?? thread.texts.get('processType') ?? `process ${thread.texts.get('pid') ?? ''}`
    const name = thread.texts.get('name') ?? 'thread'
    const stacks = this.stacksOf(stackTable, frameTexts(thread, shared))
    const id = this.rows.thread(`${process} / ${name} (${thread.texts.get('tid') ?? '?'})`)
    this.addSamples(samples, stacks, id)
  }

  /** Our stack of each row of the stack table: callers come before what they call, which is checked. */
  private stacksOf(table: Columns, frames: FrameTexts): Int32Array {
    const frame = table.get('frame') ?? new Float64Array(0)
    const prefix = table.get('prefix')
    const offset = table.get('prefixOffset')
    const stacks = new Int32Array(frame.length).fill(-1)
    for (let i = 0; i < frame.length; i++) {
      const parent = offset ? (offset[i]! > 0 ? i - offset[i]! : -1) : Number.isNaN(prefix?.[i] ?? Number.NaN) ? -1 : prefix![i]!
      const above = parent >= 0 && parent < i ? parent : -1
      const [name, module] = frames.of(frame[i]!)
      if (name === '') this.report.unknownSymbols++
      stacks[i] = this.rows.call(above < 0 ? -1 : stacks[above]!, this.rows.builder.frameId(name || '[unknown]', module))
    }
    return stacks
  }

  private addSamples(samples: Columns, stacks: Int32Array, thread: number): void {
    const stack = samples.get('stack') ?? new Float64Array(0)
    const weight = samples.get('weight')
    const column = samples.has('weightType=bytes') ? 2 : samples.has('weightType=tracing-ms') ? 1 : 0
    const times = stampsOf(samples)
    for (let i = 0; i < stack.length; i++) {
      const place = stack[i]!
      const value = weight && weight.length > 0 ? weight[i]! : 1
      if (!Number.isFinite(value) || (!Number.isNaN(place) && stacks[place] === undefined)) {
        const why = 'samples without a weight, or of a stack that the file does not hold'
        this.dropped.set(why, (this.dropped.get(why) ?? 0) + 1)
        continue
      }
      if (Number.isNaN(place)) this.report.samplesWithoutFrames++
      const weights = [0, 0, 0]
      weights[column] = column === 1 ? value * 1e6 : value
      this.rows.add(Number.isNaN(place) ? -1 : stacks[place]!, weights, thread, times ? times[i]! / 1000 : null)
    }
  }
}

/** Milliseconds, from stamps or from what passed between them. */
function stampsOf(samples: Columns): Float64Array | null {
  const time = samples.get('time')
  if (time && time.length > 0 && !time.some(Number.isNaN)) return time
  const deltas = samples.get('timeDeltas')
  if (!deltas || deltas.some(Number.isNaN)) return null
  let at = 0
  return deltas.map((delta) => at += delta)
}
