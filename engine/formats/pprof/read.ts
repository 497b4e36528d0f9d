import { Profile as Pprof } from 'pprof-format'
import type { Sample } from 'pprof-format'
import { PlainErrorException } from '../../plain-error'
import { StackBuilder } from '../../profile/columns'
import type { Profile, WeightType } from '../../profile/columns'
import { isSampledCount } from '../../profile/compare'
import { World, worldIds } from '../../worlds'
import { gunzip, isGzip } from '../gzip'
import { emptyLoadReport } from '../load-report'
import type { LoadReport } from '../load-report'
import { annotationOf, exactLabel, exactWeights } from './annotation'
import { looksLikePprof } from './detect'

type Numeric = number | bigint

/** Units of foreign files, and what turns them into ours. */
const units: Record<string, { unit: WeightType['unit']; factor: number }> = {
  nanoseconds: { unit: 'nanoseconds', factor: 1 }, microseconds: { unit: 'nanoseconds', factor: 1e3 },
  milliseconds: { unit: 'nanoseconds', factor: 1e6 }, seconds: { unit: 'nanoseconds', factor: 1e9 },
  bytes: { unit: 'bytes', factor: 1 }, kilobytes: { unit: 'bytes', factor: 1024 },
  cycles: { unit: 'cycles', factor: 1 },
}

/** Reads pprof, gzipped or not: ours without loss, and other programs'. */
export function readPprof(
  fileName: string, bytes: Uint8Array, reason = 'asked for',
): { profile: Profile; report: LoadReport } {
  const raw = isGzip(bytes) ? gunzip(fileName, bytes) : bytes
  if (!looksLikePprof(raw)) throw unreadable(fileName, 'its outermost message is not a profile')
  let decoded: Pprof
  try {
    decoded = Pprof.decode(raw)
  } catch {
    throw unreadable(fileName, 'a message inside cannot be decoded')
  }
  return new PprofReader(fileName, decoded, emptyLoadReport('pprof', reason), bytes.length).read()
}

function unreadable(fileName: string, why: string): PlainErrorException {
  return new PlainErrorException({
    what: `The pprof profile cannot be read: ${why}.`, where: fileName, todo: 'Write or copy the file again.',
  })
}

/** A 64-bit field as the library gives it: small ones as numbers, large ones as BigInt, negative ones unsigned. */
function signed(value: Numeric): number {
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : value
}

interface Place {
  /** Frame ids, outermost first: several where functions were inlined. */
  frames: number[]
  world: World | null
}

/** Some programs have other things under this name: -1 is no processor. */
function processorOf(value: number): number {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : -1
}

interface Labels {
  world: World
  thread: string | null
  cpu: number
  nanoseconds: number | null
  exact: string | null
}

/** How many samples a record stands for: the file's own count of them, or one where it has none that could be it. */
function samplesOfRecords(types: readonly WeightType[], { weights }: Profile['samples']): (row: number) => number {
  const counts = weights[types.findIndex((type) => type.name === 'samples' && isSampledCount(type))]
  return counts?.some((count) => count > 0) && counts.every((count) => Number.isSafeInteger(count) && count >= 0)
    ? (row) => counts[row]! : () => 1
}

class PprofReader {
  private readonly builder = new StackBuilder()
  private readonly strings: readonly string[]
  private readonly places = new Map<number, Place>()
  private readonly threads = new Map<string, number>()
  private readonly annotation
  private inexact = 0
  private unknownPlaces = 0

  constructor(
    private readonly fileName: string, private readonly decoded: Pprof, private readonly report: LoadReport,
    bytes: number,
  ) {
    this.strings = decoded.stringTable.strings
    this.annotation = annotationOf(decoded.comment.map((index) => this.text(index)))
    report.bytes = bytes
  }

  read(): { profile: Profile; report: LoadReport } {
    const { decoded, report } = this
    this.readPlaces()
    const types = decoded.sampleType.map((type) => this.weightType(this.text(type.type), this.text(type.unit)))
    const weightTypes = this.annotation?.weightTypes.length === types.length
      ? this.annotation.weightTypes
      : types.map(({ factor: _, ...type }) => type)
    const exact = weightTypes === this.annotation?.weightTypes
    const factors = types.map(({ factor }) => exact ? 1 : factor)
    const samples = this.readSamples(factors)
    const samplesIn = samplesOfRecords(weightTypes, samples)
    samples.stack.forEach((stack, row) => {
      report.samplesKept += samplesIn(row)
      if (stack < 0) report.samplesWithoutFrames += samplesIn(row)
    })
    report.eventTypes = weightTypes.map(({ name }, k) => ({
      name, count: samples.weights[k]!.reduce((rows, value) => value === 0 ? rows : rows + 1, 0),
    }))
    if (this.inexact > 0) report.notes.push(`${this.inexact} values are larger than 2^53 and were rounded`)
    if (this.unknownPlaces > 0) {
      report.notes.push(`${this.unknownPlaces} frames name a location that the file does not hold`)
    }
    return {
      profile: {
        name: this.annotation?.name ?? this.fileName, ...this.builder.tables(), samples, weightTypes,
        threads: [...this.threads.keys()], defaultWeight: this.defaultWeight(weightTypes),
      },
      report,
    }
  }

  private text(index: Numeric): string {
    const text = this.strings[Number(index)]
    if (text === undefined) throw unreadable(this.fileName, `it refers to text ${index}, which it does not hold`)
    return text
  }

  private weightType(name: string, unit: string): WeightType & { factor: number } {
    const known = units[unit] ?? { unit: 'count' as const, factor: 1 }
    return { name, unit: known.unit, kind: 'sampled', factor: known.factor }
  }

  private defaultWeight(types: readonly WeightType[]): number {
    if (this.annotation && this.annotation.defaultWeight < types.length) return this.annotation.defaultWeight
    const { defaultSampleType, sampleType } = this.decoded
    const named = sampleType.findIndex(({ type }) => Number(type) === Number(defaultSampleType))
    return named >= 0 ? named : 0
  }

  private readPlaces(): void {
    const { decoded, builder } = this
    const modules = new Map(decoded.mapping.map((mapping) => [Number(mapping.id), this.text(mapping.filename)]))
    const functions = new Map(decoded.function.map((f) => [Number(f.id), f]))
    decoded.location.forEach((location, index) => {
      const mapping = modules.get(Number(location.mappingId)) ?? ''
      const frames = location.line.map((line) => {
        const named = functions.get(Number(line.functionId))
        const file = named ? this.text(named.filename) : ''
        const name = named ? this.text(named.name) : ''
        if (name === '') this.report.unknownSymbols++
        return builder.frameId(name, file || mapping)
      }).reverse()
      if (frames.length === 0) {
        this.report.unknownSymbols++
        frames.push(builder.frameId(`0x${BigInt(location.address).toString(16)}`, mapping))
      }
      const world = this.annotation?.worlds[index]
      this.places.set(Number(location.id), { frames, world: world === undefined ? null : Number(world) as World })
    })
  }

  private readSamples(factors: readonly number[]): Profile['samples'] {
    const rows = this.decoded.sample.length
    const stack = new Int32Array(rows)
    const thread = new Int32Array(rows)
    const time = new Float64Array(rows)
    const cpu = new Int32Array(rows)
    const weights = factors.map(() => new Float64Array(rows))
    const labelled = { threads: 0, times: 0, cpus: 0 }
    this.decoded.sample.forEach((sample, row) => {
      if (sample.value.length !== factors.length) {
        throw unreadable(this.fileName, `sample ${row + 1} has ${sample.value.length} values, not ${factors.length}`)
      }
      factors.forEach((factor, k) => weights[k]![row] = this.value(sample.value[k]!) * factor)
      const labels = this.labels(sample)
      const exact = labels.exact !== null && this.annotation ? exactWeights(labels.exact, factors.length) : null
      exact?.forEach((weight, k) => { weights[k]![row] = weight })
      stack[row] = this.stackOf(sample, labels.world)
      thread[row] = labels.thread === null ? this.threadId('') : this.threadId(labels.thread)
      if (labels.thread !== null) labelled.threads++
      if (labels.nanoseconds !== null) labelled.times++
      cpu[row] = labels.cpu
      if (labels.cpu >= 0) labelled.cpus++
      time[row] = (labels.nanoseconds ?? 0) / 1e9
    })
    if (labelled.threads === 0) this.threads.clear()
    return {
      stack, weights, ...(labelled.threads > 0 ? { thread } : {}),
      ...(labelled.times === rows && rows > 0 ? { time } : {}), ...(labelled.cpus > 0 ? { cpu } : {}),
    }
  }

  private value(value: Numeric): number {
    const number = signed(value)
    if (!Number.isSafeInteger(number)) this.inexact++
    return number
  }

  private threadId(name: string): number {
    let id = this.threads.get(name)
    if (id === undefined) this.threads.set(name, id = this.threads.size)
    return id
  }

  private labels(sample: Sample): Labels {
    const found: Labels = { world: World.Unclassified, thread: null, cpu: -1, nanoseconds: null, exact: null }
    for (const label of sample.label) {
      const key = this.text(label.key)
      if (key === 'thread' && Number(label.num) === 0) found.thread = this.text(label.str)
      else if (key === 'time' && this.text(label.numUnit) === 'nanoseconds') found.nanoseconds = signed(label.num)
      else if (key === 'cpu' && Number(label.str) === 0) found.cpu = processorOf(signed(label.num))
      else if (key === exactLabel) found.exact = this.text(label.str)
      else if (key === 'world') {
        const world = worldIds.indexOf(this.text(label.str))
        if (world >= 0) found.world = world as World
      }
    }
    return found
  }

  private stackOf(sample: Sample, leafWorld: World): number {
    let stack = -1
    for (let i = sample.locationId.length - 1; i >= 0; i--) {
      const place = this.places.get(Number(sample.locationId[i])) ?? this.unknownPlace()
      for (const frame of place.frames) {
        stack = this.builder.stackId(stack, frame, place.world ?? (i === 0 ? leafWorld : World.Unclassified))
      }
    }
    return stack
  }

  private unknownPlace(): Place {
    this.unknownPlaces++
    return { frames: [this.builder.frameId('[unknown]', '')], world: null }
  }
}
