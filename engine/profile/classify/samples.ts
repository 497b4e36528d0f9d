import { World, worldIds } from '../../worlds'
import type { Profile, WeightType } from '../columns'
import { isSampledCount } from '../compare'
import { classify, type Classification } from './classify'
import { asRead, findRuleSet, rowsAsRead } from './propose'
import { isUnderstood, type RuleSet } from './rule'
import { importedRowIds, rowNumber, unclassifiedRow } from './rows'

/** What a Table 2 is made of: row and world of each sample, in the file's order. Columns, index = row of the sample table. */
export interface ClassifiedSamples {
  /** Indices of `importedRows`. */
  row: Uint8Array
  /** Values of `World`. */
  world: Uint8Array
  weight: Float64Array
  type: WeightType
  /** Single samples in time: their order shows how they depend on each other. */
  single: boolean
}

/** The rows of stacks whose worlds came with the file. */
export function classifiedAsRead(profile: Profile): Classification {
  const { world } = profile.stacks
  const rows = rowsAsRead.map((id) => rowNumber.get(id)!)
  return {
    profile, world, row: world.map((one) => rows[one]!), rule: new Int32Array(world.length).fill(-1), here: new Uint8Array(world.length),
  }
}

const known = new WeakMap<object, WeakMap<Profile, Classification>>()
const readAs = {}

/**
 * What a set makes of a profile, kept as long as both live. A set that is not there, or whose rules a newer
 * version wrote with conditions that this one does not know, leaves the worlds as they are.
 */
export function classificationOf(profile: Profile, setId: string, own: readonly RuleSet[] = []): Classification {
  const named = setId === asRead ? null : findRuleSet(setId, own)
  const set = named && isUnderstood(named) ? named : null
  const key = set ?? readAs
  let ofSet = known.get(key)
  if (!ofSet) known.set(key, ofSet = new WeakMap())
  let result = ofSet.get(profile)
  if (!result) ofSet.set(profile, result = set ? classify(profile, set) : classifiedAsRead(profile))
  return result
}

/** `profile`: its samples may be a part of the classified profile's, over the same stacks. */
export function classifiedSamples({ profile: whole, row, world }: Classification, weight: number, part: Profile = whole): ClassifiedSamples {
  const { stack, weights, time } = part.samples
  const type = part.weightTypes[weight]!
  const column = weights[weight]!
  const [rowOf, worldOf] = [new Uint8Array(stack.length), new Uint8Array(stack.length)]
  // both in one pass: a large profile's stacks lie all over its memory, and the page does this while it is drawn
  for (let i = 0; i < stack.length; i++) {
    const at = stack[i]!
    rowOf[i] = at < 0 ? unclassifiedRow : row[at]!
    worldOf[i] = at < 0 ? World.Unclassified : world[at]!
  }
  return {
    row: rowOf, world: worldOf, weight: column, type, single: time !== undefined && isSampledCount(type) && column.every((one) => one === 1),
  }
}

/** Weight of each row of `importedRows`; VMM time is the sum of its rows. */
export function weightsByRow(samples: Pick<ClassifiedSamples, 'row' | 'weight'>): Float64Array {
  return totals(samples.row, samples.weight, importedRowIds.length)
}

export function weightsByWorld(samples: Pick<ClassifiedSamples, 'world' | 'weight'>): Float64Array {
  return totals(samples.world, samples.weight, worldIds.length)
}

function totals(of: Uint8Array, weight: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let i = 0; i < of.length; i++) sums[of[i]!]! += weight[i]!
  return sums
}
