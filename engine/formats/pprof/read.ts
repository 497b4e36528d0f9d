import { PlainErrorException } from '../../plain-error'
import type { Profile, WeightType } from '../../profile/columns'
import { isSampledCount } from '../../profile/compare'
import { gunzip, isGzip } from '../gzip'
import { emptyLoadReport } from '../load-report'
import type { LoadReport } from '../load-report'
import { resultOf } from '../read-steps'
import { annotationOf, type Annotation } from './annotation'
import { FieldCutter } from './cutter'
import { looksLikePprof } from './detect'
import { LabelledRows } from './labelled-rows'
import { Places } from './places'
import { SampleColumns } from './samples'
import { Ids, Locations, Named, readValueType, Texts, type ValueType } from './tables'
import { Wire, WireFault } from './wire'

/** Units of foreign files, and what turns them into ours. */
const units: Record<string, { unit: WeightType['unit']; factor: number }> = {
  nanoseconds: { unit: 'nanoseconds', factor: 1 }, microseconds: { unit: 'nanoseconds', factor: 1e3 },
  milliseconds: { unit: 'nanoseconds', factor: 1e6 }, seconds: { unit: 'nanoseconds', factor: 1e9 },
  bytes: { unit: 'bytes', factor: 1 }, kilobytes: { unit: 'bytes', factor: 1024 },
  cycles: { unit: 'cycles', factor: 1 },
}

/** Fields of the outermost message (profile.proto), by number, as far as they are read. */
const fieldNames = ['', 'sample type', 'sample', 'mapping', 'location', 'function', 'text']
const commentField = 13
const defaultSampleTypeField = 14

/** Reads pprof, gzipped or not: ours without loss, and other programs'. */
export function readPprof(
  fileName: string, bytes: Uint8Array, reason = 'asked for',
): { profile: Profile; report: LoadReport } {
  const raw = isGzip(bytes) ? gunzip(fileName, bytes) : bytes
  if (!looksLikePprof(raw)) throw unreadable(fileName, 'its outermost message is not a profile')
  const reader = new PprofReader(fileName, reason)
  reader.push(raw)
  resultOf(reader.closing())
  const { profile, report } = reader.finish()
  report.bytes = bytes.length
  return { profile, report }
}

function unreadable(fileName: string, why: string): PlainErrorException {
  return new PlainErrorException({
    what: `The pprof profile cannot be read: ${why}.`, where: fileName, todo: 'Write or copy the file again.',
  })
}

/** How many samples a record stands for: the file's own count of them, or one where it has none that could be it. */
function samplesOfRecords(types: readonly WeightType[], weights: readonly Float64Array[]): (row: number) => number {
  const counts = weights[types.findIndex((type) => type.name === 'samples' && isSampledCount(type))]
  return counts?.some((count) => count > 0) && counts.every((count) => Number.isSafeInteger(count) && count >= 0)
    ? (row) => counts[row]! : () => 1
}

/**
 * pprof (profile.proto) as it comes, unpacked, in pieces of any size. Fields may stand in any order: samples become
 * columns at once, and what their locations and texts are is looked up at the end, by `closing`.
 */
export class PprofReader {
  private readonly report: LoadReport
  private readonly cutter = new FieldCutter((field, bytes, start, end, value) => this.field(field, bytes, start, end, value))
  private readonly wire = new Wire()
  private readonly ids = new Ids()
  private readonly samples = new SampleColumns(this.ids)
  private readonly texts = new Texts()
  readonly mappings = new Named(0, 5)
  readonly functions = new Named(2, 4)
  readonly locations = new Locations()
  private readonly sampleTypes: ValueType[] = []
  private readonly comments: number[] = []
  private readonly counts = new Int32Array(fieldNames.length)
  private defaultSampleType = 0
  private profile: Profile | null = null

  constructor(private readonly fileName: string, reason: string) {
    this.report = emptyLoadReport('pprof', reason)
  }

  push(chunk: Uint8Array): void {
    this.report.bytes += chunk.length
    this.attempt(() => this.cutter.push(chunk))
  }

  /** After the last piece, in steps of some milliseconds. */
  *closing(): Generator<void, void, void> {
    this.attempt(() => this.cutter.end())
    const { samples, report, sampleTypes } = this
    this.checkWidths()
    const annotation = annotationOf(this.comments.map((index) => this.text(index)))
    const types = sampleTypes.map((type) => this.weightType(this.text(type.type), this.text(type.unit)))
    const weightTypes = annotation?.weightTypes.length === types.length ? annotation.weightTypes : types.map(({ factor: _, ...type }) => type)
    const own = weightTypes === annotation?.weightTypes
    const text = (index: number) => this.text(index)
    const rows = new LabelledRows(samples.takeLabels(), samples.count, text)
    yield
    const { stack, stacks } = samples.takeStacks()
    const places = new Places(this, annotation?.worlds ?? null, text, report, stacks.parent.length)
    yield* places.link(stack, stacks, rows)
    const weights = samples.takeWeights(stack.length, types.map(({ factor }) => own ? 1 : factor))
    yield
    if (annotation) rows.putExact(weights)
    const samplesIn = samplesOfRecords(weightTypes, weights)
    stack.forEach((leaf, row) => {
      report.samplesKept += samplesIn(row)
      if (leaf < 0) report.samplesWithoutFrames += samplesIn(row)
    })
    report.eventTypes = weightTypes.map(({ name }, k) => ({ name, count: weights[k]!.reduce((sum, value) => value === 0 ? sum : sum + 1, 0) }))
    if (samples.inexact > 0) report.notes.push(`${samples.inexact} values are larger than 2^53 and were rounded`)
    if (places.unknown > 0) report.notes.push(`${places.unknown} frames name a location that the file does not hold`)
    this.profile = {
      name: annotation?.name ?? this.fileName, ...places.builder.tables(), weightTypes, threads: rows.threads,
      samples: { stack, weights, ...rows.columns() }, defaultWeight: this.defaultWeight(annotation, weightTypes),
    }
  }

  /** After `closing`. */
  finish(): { profile: Profile; report: LoadReport } {
    if (!this.profile) throw new Error('pprof: not closed')
    return { profile: this.profile, report: this.report }
  }

  private field(field: number, bytes: Uint8Array, start: number, end: number, value: number): void {
    const { wire } = this
    if (field < fieldNames.length) this.counts[field]!++
    wire.over(bytes, start, end)
    try {
      if (field === 2) this.samples.read(wire)
      else if (field === 4) this.locations.read(wire, this.ids)
      else if (field === 5) this.functions.read(wire)
      else if (field === 6) this.texts.add(bytes, start, end)
      else if (field === 3) this.mappings.read(wire)
      else if (field === 1) this.sampleTypes.push(readValueType(wire))
      else if (field === commentField) this.readComments(bytes, start, end, value)
      else if (field === defaultSampleTypeField) this.defaultSampleType = value
    } catch (thrown) {
      if (!(thrown instanceof WireFault)) throw thrown
      throw unreadable(this.fileName, `${this.placeOf(field)}: ${thrown.message}`)
    }
  }

  private placeOf(field: number): string {
    const name = fieldNames[field]
    return `${name ? `${name} ${this.counts[field]}` : `field ${field}`}, at byte ${this.cutter.position} of its content`
  }

  /** Numbers of texts, packed or one by one. */
  private readComments(bytes: Uint8Array, start: number, end: number, value: number): void {
    if (start === end) this.comments.push(value)
    for (this.wire.over(bytes, start, end); this.wire.at < end;) this.comments.push(this.wire.index())
  }

  private attempt(work: () => void): void {
    try {
      work()
    } catch (thrown) {
      if (!(thrown instanceof WireFault)) throw thrown
      throw unreadable(this.fileName, `its outermost message is damaged at byte ${thrown.at}: ${thrown.message}`)
    }
  }

  private text(index: number): string {
    const text = this.texts.at(index)
    if (text === undefined) throw unreadable(this.fileName, `it refers to text ${index}, which it does not hold`)
    return text
  }

  private checkWidths(): void {
    const { samples, sampleTypes } = this
    const wanted = sampleTypes.length
    if (samples.width < 0 || (samples.width === wanted && samples.odd.row < 0)) return
    const { row, values } = samples.width === wanted ? samples.odd : { row: 0, values: samples.width }
    throw unreadable(this.fileName, `sample ${row + 1} has ${values} values, not ${wanted}`)
  }

  private weightType(name: string, unit: string): WeightType & { factor: number } {
    const known = Object.hasOwn(units, unit) ? units[unit]! : { unit: 'count' as const, factor: 1 }
    return { name, unit: known.unit, kind: 'sampled', factor: known.factor }
  }

  private defaultWeight(annotation: Annotation | null, types: readonly WeightType[]): number {
    if (annotation && annotation.defaultWeight < types.length) return annotation.defaultWeight
    const named = this.sampleTypes.findIndex(({ type }) => type === this.defaultSampleType)
    return named >= 0 ? named : 0
  }
}
