import type { Profile } from '../../profile/columns'
import { worldNames } from '../../worlds'
import { paceOfProfile } from '../pace-of-profile'
import { rowsByThread, sampleCounts } from '../single-samples'

/** Colours that the Firefox Profiler knows, by world: work of the guest, of the VMM and of the host apart. */
const colours = ['green', 'transparent', 'red', 'orange', 'blue', 'lightblue', 'purple', 'magenta', 'grey'] as const

/** Whose file it is. */
const product = 'Worldswitch'
/** Milliseconds between two samples where the profile has no times. */
const betweenUntimed = 1

/** What the format has no place for, in words, for whoever converts. */
export function lossesOfGecko(profile: Profile): string[] {
  const { samples, weightTypes, defaultWeight } = profile
  const lost: string[] = []
  const { weight, each, exact } = sampleCounts(profile)
  const counted = weightTypes[weight]
  if (!exact && counted) {
    lost.push(`amounts: the format has samples only, and each stands for ${Number(each.toPrecision(6))} of ${counted.name} (${counted.unit})`)
  }
  if (weightTypes.length > 1) lost.push(`all weights but ${counted?.name ?? weightTypes[defaultWeight]?.name ?? 'one'}`)
  if (samples.cpu) lost.push('processors')
  if (!samples.time) lost.push('real times: the profile has none, and samples stand a millisecond apart')
  return lost
}

/**
 * A gecko profile of version 24, as the Firefox Profiler's own importer of perf builds them: samples of each thread by
 * time, names instead of addresses (`presymbolicated`), worlds as categories. The format has no weights: a row of n
 * samples is written n times. Losses: `lossesOfGecko`.
 */
export function writeGecko(profile: Profile): string {
  const { counts } = sampleCounts(profile)
  const pace = paceOfProfile(profile)
  const perSecond = pace?.askedPerSecond ?? pace?.foundPerSecond
  const threads = rowsByThread(profile).map(({ name, rows }, id) => threadText(profile, name, id + 1, rows, counts))
  const meta = {
    interval: perSecond ? 1000 / perSecond : betweenUntimed, startTime: 0, shutdownTime: null, processType: 0,
    product, stackwalk: 1, debug: 0, gcpoison: 0, asyncstack: 1, version: 24, presymbolicated: true,
    categories: worldNames.map((name, world) => ({ name, color: colours[world], subcategories: ['Other'] })),
    markerSchema: [],
  }
  return `{"meta":${JSON.stringify(meta)},"libs":[],"threads":[${threads.join(',')}],"processes":[],"pausedRanges":[]}`
}

function threadText(profile: Profile, name: string, tid: number, rows: Int32Array, counts: Float64Array): string {
  const tables = new ThreadTables(profile)
  const { stack: stackOf, time } = profile.samples
  const samples: string[] = []
  for (const row of rows) {
    const stack = stackOf[row]! < 0 ? 'null' : tables.stack(stackOf[row]!)
    for (let n = counts[row]!; n > 0; n--) {
      const at = time ? time[row]! * 1000 : samples.length * betweenUntimed
      samples.push(`[${stack},${at},0]`)
    }
  }
  const { frames, stacks, strings } = tables
  const table = (schema: readonly string[], data: readonly string[]) =>
    `{"schema":${JSON.stringify(Object.fromEntries(schema.map((column, i) => [column, i])))},"data":[${data.join(',')}]}`
  const head = JSON.stringify({
    name, processName: profile.name, tid, pid: 1, processType: 'default', registerTime: 0, unregisterTime: null,
  })
  return `${head.slice(0, -1)},"markers":${table(['name', 'startTime', 'endTime', 'phase', 'category', 'data'], [])},` +
    `"samples":${table(['stack', 'time', 'responsiveness'], samples)},` +
    `"frameTable":${table(['location', 'relevantForJS', 'innerWindowID', 'implementation', 'line', 'column', 'category', 'subcategory'], frames)},` +
    `"stackTable":${table(['prefix', 'frame'], stacks)},"stringTable":${JSON.stringify(strings)}}`
}

/** The tables of one thread, numbered by first use; what is called stands behind its caller. */
class ThreadTables {
  readonly strings: string[] = []
  readonly frames: string[] = []
  readonly stacks: string[] = []
  private readonly stringIds = new Map<string, number>()
  private readonly frameIds = new Map<number, number>()
  private readonly stackIds = new Map<number, number>()

  constructor(private readonly profile: Profile) {}

  stack(leaf: number): number {
    const { parent, frame, world } = this.profile.stacks
    const fresh: number[] = []
    let at = leaf
    for (; at >= 0 && !this.stackIds.has(at); at = parent[at]!) fresh.push(at)
    let above: number | null = at < 0 ? null : this.stackIds.get(at)!
    for (const stack of fresh.reverse()) {
      const id = this.stacks.push(`[${above},${this.frame(frame[stack]!, world[stack]!)}]`) - 1
      this.stackIds.set(stack, id)
      above = id
    }
    return above!
  }

  /** A frame has one category, so a function that runs in two worlds is two frames. */
  private frame(frame: number, world: number): number {
    const key = frame * worldNames.length + world
    let id = this.frameIds.get(key)
    if (id === undefined) {
      const { name, module } = this.profile.frames
      const location = module[frame] === '' ? name[frame]! : `${name[frame]} (in ${module[frame]})`
      id = this.frames.push(`[${this.string(location)},false,0,null,null,null,${world},0]`) - 1
      this.frameIds.set(key, id)
    }
    return id
  }

  private string(text: string): number {
    let id = this.stringIds.get(text)
    if (id === undefined) this.stringIds.set(text, id = this.strings.push(text) - 1)
    return id
  }
}
