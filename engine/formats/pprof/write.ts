import { Profile as Pprof, StringTable } from 'pprof-format'
import type { FunctionInput, LabelInput, LocationInput, MappingInput, SampleInput } from 'pprof-format'
import type { Profile } from '../../profile/columns'
import { worldIds } from '../../worlds'
import { gzip } from '../gzip'
import { annotationText, exactLabel } from './annotation'

/**
 * A profile as gzipped pprof (profile.proto), readable by `go tool pprof` and others: frames are functions, modules are
 * mappings, the leaf's world and the thread are labels. Frames and stacks are numbered by first use, so equal profiles
 * give equal bytes. Stacks that no row uses are not written. The format has whole numbers only: a row with other weights
 * has them rounded, and as they are in the label `exact`, which our reader takes. Times keep nanoseconds.
 */
export function writePprof(profile: Profile): Uint8Array {
  return gzip(encodePprof(profile))
}

export function encodePprof(profile: Profile): Uint8Array {
  const strings = new StringTable()
  const places = new Places(profile, strings)
  const sampleType = profile.weightTypes.map(({ name, unit }) => ({
    type: strings.dedup(name), unit: strings.dedup(unit === 'cycles' ? 'count' : unit),
  }))
  const sample = Array.from(profile.samples.stack, (_, row) => sampleOf(profile, row, places, strings))
  const comment = [strings.dedup(annotationText(profile, places.worlds.join('')))]
  return new Pprof({
    stringTable: strings, sampleType, sample, comment,
    mapping: places.mappings, location: places.locations, function: places.functions,
    defaultSampleType: sampleType[profile.defaultWeight]?.type ?? 0,
  }).encode()
}

function sampleOf(profile: Profile, row: number, places: Places, strings: StringTable): SampleInput {
  const { stack, weights, time, thread, cpu } = profile.samples
  const label: LabelInput[] = []
  if (stack[row]! >= 0) {
    const world = worldIds[profile.stacks.world[stack[row]!]!]!
    label.push({ key: strings.dedup('world'), str: strings.dedup(world) })
  }
  if (thread) label.push({ key: strings.dedup('thread'), str: strings.dedup(profile.threads[thread[row]!]!) })
  if (cpu && cpu[row]! >= 0) label.push({ key: strings.dedup('cpu'), num: cpu[row]! })
  if (time) {
    label.push({
      key: strings.dedup('time'), num: wholeNumber(Math.round(time[row]! * 1e9), 'time'),
      numUnit: strings.dedup('nanoseconds'),
    })
  }
  if (weights.some((column) => !Number.isSafeInteger(column[row]))) {
    label.push({ key: strings.dedup(exactLabel), str: strings.dedup(JSON.stringify(weights.map((column) => column[row]))) })
  }
  const value = weights.map((column, k) => wholeNumber(heldNumber(column[row]!), profile.weightTypes[k]!.name))
  return { locationId: places.locationsOf(stack[row]!), value, label }
}

/** The nearest number that the format and everybody's doubles have. */
function heldNumber(value: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(-Number.MAX_SAFE_INTEGER, Math.round(value)))
}

/** pprof counts in 64-bit integers; negative ones (differences) are written as their two's complement. */
function wholeNumber(value: number, what: string): number | bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what}: ${value} is no whole number that pprof can hold`)
  return value < 0 ? BigInt.asUintN(64, BigInt(value)) : value
}

/** Numbers functions, mappings and locations from 1, in the order of their first use. */
class Places {
  readonly functions: FunctionInput[] = []
  readonly mappings: MappingInput[] = []
  readonly locations: LocationInput[] = []
  readonly worlds: number[] = []
  private readonly functionIds = new Map<number, number>()
  private readonly mappingIds = new Map<string, number>()
  private readonly locationIds = new Map<number, number>()

  constructor(private readonly profile: Profile, private readonly strings: StringTable) {}

  /** Leaf first, as pprof wants them. */
  locationsOf(stack: number): number[] {
    const { parent, frame, world } = this.profile.stacks
    const path: number[] = []
    for (let at = stack; at >= 0; at = parent[at]!) path.push(this.location(frame[at]!, world[at]!))
    return path
  }

  private location(frame: number, world: number): number {
    const key = frame * 16 + world
    let id = this.locationIds.get(key)
    if (id === undefined) {
      id = this.locationIds.size + 1
      this.locationIds.set(key, id)
      this.worlds.push(world)
      const mappingId = this.mapping(this.profile.frames.module[frame]!)
      this.locations.push({ id, mappingId, line: [{ functionId: this.function(frame) }] })
    }
    return id
  }

  private function(frame: number): number {
    let id = this.functionIds.get(frame)
    if (id === undefined) {
      id = this.functionIds.size + 1
      this.functionIds.set(frame, id)
      const name = this.strings.dedup(this.profile.frames.name[frame]!)
      this.functions.push({ id, name, systemName: name })
    }
    return id
  }

  private mapping(module: string): number {
    if (module === '') return 0
    let id = this.mappingIds.get(module)
    if (id === undefined) {
      id = this.mappingIds.size + 1
      this.mappingIds.set(module, id)
      this.mappings.push({ id, filename: this.strings.dedup(module), hasFunctions: true })
    }
    return id
  }
}
