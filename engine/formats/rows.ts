import type { Profile, WeightType } from '../profile/columns'
import { StackBuilder } from '../profile/columns'
import { World } from '../worlds'
import { GrowingFloats, GrowingInts } from '../growing'

/**
 * Samples or aggregated stacks as they come out of a file, one row each: what every reader that knows whole stacks
 * fills. Worlds are left to the rules, which go over the finished stacks (profile/classify).
 */
export class Rows {
  readonly builder = new StackBuilder()
  private readonly stacks = new GrowingInts()
  private readonly threadOf = new GrowingInts()
  private readonly threads = new Map<string, number>()
  private readonly times = new GrowingFloats()
  private readonly weights: GrowingFloats[]
  private readonly cpus = new GrowingInts()
  private timed = true
  private placed = false

  constructor(private readonly weightTypes: WeightType[]) {
    this.weights = weightTypes.map(() => new GrowingFloats())
  }

  get length(): number {
    return this.stacks.length
  }

  thread(name: string): number {
    let id = this.threads.get(name)
    if (id === undefined) this.threads.set(name, id = this.threads.size)
    return id
  }

  /** The stack of a frame called from `parent` (-1: a root). */
  call(parent: number, frame: number): number {
    return this.builder.stackId(parent, frame, World.Unclassified)
  }

  /** One row; `seconds` is absolute, and left out where the file has no times; `cpu`: -1 where it does not say one. */
  add(stack: number, weights: readonly number[], thread: number, seconds: number | null, cpu = -1): void {
    this.stacks.push(stack)
    this.threadOf.push(thread)
    this.cpus.push(cpu)
    if (cpu >= 0) this.placed = true
    if (seconds === null) this.timed = false
    else this.times.push(seconds)
    for (let k = 0; k < weights.length; k++) this.weights[k]!.push(weights[k]!)
  }

  profile(name: string, defaultWeight = 0): Profile {
    const { threads } = this
    const timed = this.timed && this.length > 0
    return {
      name, ...this.builder.tables(), threads: [...threads.keys()], weightTypes: this.weightTypes, defaultWeight,
      samples: {
        stack: this.stacks.column(), weights: this.weights.map((weight) => weight.column()),
        ...(threads.size > 0 ? { thread: this.threadOf.column() } : {}),
        ...(timed ? { time: fromFirst(this.times.column()) } : {}), ...(this.placed ? { cpu: this.cpus.column() } : {}),
      },
    }
  }
}

/** The profile with these of its weights only; with all when none would be left. */
export function withWeights(profile: Profile, keep: (weight: number) => boolean): Profile {
  const kept = profile.weightTypes.map((_, k) => k).filter(keep)
  if (kept.length === 0) return profile
  return {
    ...profile, weightTypes: kept.map((k) => profile.weightTypes[k]!),
    samples: { ...profile.samples, weights: kept.map((k) => profile.samples.weights[k]!) },
  }
}

/** Seconds since the earliest. */
function fromFirst(times: Float64Array): Float64Array {
  let first = Infinity
  for (const time of times) first = Math.min(first, time)
  return times.map((time) => time - first)
}
