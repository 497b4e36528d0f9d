import { PlainErrorException } from '../../plain-error'
import type { WeightType } from '../../profile/columns'
import { JsonBytes, JsonFault, type JsonSteps } from '../json-bytes'
import { emptyLoadReport, type LoadReport } from '../load-report'
import { asPart, atOnce, type ReadProfile, type ReadSteps } from '../read-steps'
import { Rows, withWeights } from '../rows'
import { EventedStack } from './evented'

/** Units of the format's schema and how many of ours one is; 'none' is a count of whatever was sampled. */
const units: Record<string, { column: number; factor: number; seconds: number | null }> = {
  none: { column: 0, factor: 1, seconds: null },
  nanoseconds: { column: 1, factor: 1, seconds: 1e-9 }, microseconds: { column: 1, factor: 1e3, seconds: 1e-6 },
  milliseconds: { column: 1, factor: 1e6, seconds: 1e-3 }, seconds: { column: 1, factor: 1e9, seconds: 1 },
  bytes: { column: 2, factor: 1, seconds: null },
}

const columns: WeightType[] = [
  { name: 'samples', unit: 'count', kind: 'sampled' }, { name: 'time', unit: 'nanoseconds', kind: 'sampled' },
  { name: 'bytes', unit: 'bytes', kind: 'sampled' },
]

interface Head {
  type: string
  name: string
  unit: string
  startValue: number
  endValue: number
  /** Where the arrays begin, to be read once the unit is known: members come in any order. */
  places: Map<string, number>
}

/**
 * Reads speedscope's own format (its file-format-spec): `evented` profiles as a row a span between two events, `sampled`
 * ones as a row a sample. Each profile of the file is a thread. A file that breaks off keeps what came before the break.
 */
export function* speedscopeSteps(fileName: string, bytes: Uint8Array, reason: string): ReadSteps {
  const reader = new SpeedscopeReader(fileName, bytes, reason)
  // profiles are gone over once to find where they begin, once to find their members, and once for these
  yield* asPart(reader.read(), bytes.length, 3)
  return reader.result()
}

export const readSpeedscope = atOnce(speedscopeSteps)

class SpeedscopeReader {
  private readonly json: JsonBytes
  private readonly rows = new Rows(columns)
  private readonly report: LoadReport
  private readonly used = new Uint8Array(columns.length)
  private readonly dropped = new Map<string, number>()
  private name = ''
  /** Frame ids by the file's own numbers. */
  private frames: number[] = []

  constructor(private readonly fileName: string, bytes: Uint8Array, reason: string) {
    this.json = new JsonBytes(bytes)
    this.report = emptyLoadReport('speedscope', reason)
    this.report.bytes = bytes.length
  }

  *read(): JsonSteps {
    const { json } = this
    const places = new Map<string, number>()
    const findMembers = () => json.objectSteps((key) => {
      places.set(key, json.at)
      if (key !== 'name') return json.skipSteps()
      this.name = json.string()
    })
    yield* this.untilFault(() => findMembers())
    yield* this.untilFault(() => this.readMembers(places))
  }

  private *readMembers(places: ReadonlyMap<string, number>): JsonSteps {
    const { json } = this
    yield* this.member(places, 'shared', () => json.objectSteps((key) => key === 'frames' ? this.readFrames() : json.skipSteps()))
    if (!places.has('profiles')) throw new PlainErrorException({ what: 'The speedscope file has no profiles.', where: this.fileName })
    yield* this.member(places, 'profiles', () => json.arraySteps(() => this.readProfile()))
  }

  result(): ReadProfile {
    const { report, rows } = this
    report.samplesKept = rows.length
    report.samplesDropped = [...this.dropped].map(([why, count]) => ({ reason: why, count }))
    report.eventTypes = columns.flatMap(({ name }, k) => (this.used[k] ? [{ name, count: rows.length }] : []))
    // a column that no row uses would only be a choice without content
    return { profile: withWeights(rows.profile(this.name || this.fileName), (k) => this.used[k] === 1), report }
  }

  private *member(places: ReadonlyMap<string, number>, key: string, work: () => JsonSteps): JsonSteps {
    const at = places.get(key)
    if (at === undefined) return
    this.json.at = at
    yield* work()
  }

  /** What breaks off is counted and said; what was read stays. */
  private *untilFault(work: () => JsonSteps): JsonSteps {
    try {
      yield* work()
    } catch (thrown) {
      if (!(thrown instanceof JsonFault)) throw thrown
      this.report.notUnderstood++
      this.report.notes.push(`the text breaks off at byte ${thrown.at} (${thrown.message}): what came before was kept`)
    }
  }

  private readFrames(): JsonSteps {
    const { json, rows } = this
    return json.arraySteps(() => {
      let [name, file] = ['', '']
      json.object((key) => {
        if (key === 'name') name = json.string()
        else if (key === 'file') file = json.string()
        else json.skip()
      })
      if (name === '') this.report.unknownSymbols++
      this.frames.push(rows.builder.frameId(name || '[unknown]', file))
    })
  }

  private *readProfile(): JsonSteps {
    const { json } = this
    const head: Head = { type: '', name: '', unit: 'none', startValue: 0, endValue: 0, places: new Map() }
    yield* json.objectSteps((key) => {
      if (key === 'type' || key === 'name' || key === 'unit') head[key] = json.string()
      else if (key === 'startValue' || key === 'endValue') head[key] = json.number()
      else {
        head.places.set(key, json.at)
        return json.skipSteps()
      }
    })
    const behind = json.at
    if (!Object.hasOwn(units, head.unit)) this.drop(`profiles in the unit "${head.unit.slice(0, 40)}", which the format does not have`)
    else if (head.type === 'sampled') yield* this.readSampled(head)
    else if (head.type === 'evented') yield* this.readEvented(head)
    else this.drop(`profiles of type "${head.type.slice(0, 40)}", which the format does not have`)
    json.at = behind
  }

  private *readSampled(head: Head): JsonSteps {
    const { json } = this
    const unit = units[head.unit]!
    const weights: number[] = []
    yield* this.member(head.places, 'weights', () => json.arraySteps(() => { weights.push(json.number()) }))
    const thread = this.rows.thread(head.name || 'profile')
    let at = head.startValue
    yield* this.member(head.places, 'samples', () => json.arraySteps((index) => {
      let stack = -1
      let broken = false
      json.array(() => {
        const frame = this.frames[json.number()]
        if (frame === undefined) broken = true
        else stack = this.rows.call(stack, frame)
      })
      const weight = weights[index] ?? Number.NaN
      if (broken) this.drop('samples that name a frame which the file does not hold')
      else if (!Number.isFinite(weight)) this.drop('samples without a weight')
      else {
        if (stack < 0) this.report.samplesWithoutFrames++
        this.add(stack, weight, unit, thread, unit.seconds === null ? null : at * unit.seconds)
        at += Math.max(0, weight)
      }
    }))
  }

  private *readEvented(head: Head): JsonSteps {
    const { json } = this
    const unit = units[head.unit]!
    const thread = this.rows.thread(head.name || 'profile')
    const open = new EventedStack(this.rows, (stack, from, to) =>
      this.add(stack, to - from, unit, thread, unit.seconds === null ? null : from * unit.seconds))
    yield* this.member(head.places, 'events', () => json.arraySteps(() => {
      let [type, at, number] = ['', Number.NaN, -1]
      json.object((key) => {
        if (key === 'type') type = json.string()
        else if (key === 'at') at = json.number()
        else if (key === 'frame') number = json.number()
        else json.skip()
      })
      const frame = this.frames[number]
      if (frame === undefined || !Number.isFinite(at) || (type !== 'O' && type !== 'C')) this.drop('events without type, time or a frame of the file')
      else if (type === 'O') open.enter(frame, at)
      else if (!open.leave(frame, at)) this.drop('ends of a call that had not begun')
    }))
    const left = open.end(head.endValue)
    if (left > 0) this.report.notes.push(`${left} calls of "${head.name}" had no end: they last to the end of the profile`)
    this.report.stampsOutOfOrder += open.backwards
  }

  private add(stack: number, weight: number, unit: { column: number; factor: number }, thread: number, seconds: number | null): void {
    const weights = [0, 0, 0]
    weights[unit.column] = weight * unit.factor
    this.used[unit.column] = 1
    this.rows.add(stack, weights, thread, seconds)
  }

  private drop(reason: string): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1)
  }
}
