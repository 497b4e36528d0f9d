import type { Profile, WeightType } from '../../profile/columns'
import { refuseTooLong, writtenLengths } from '../written-size'

/** A frame of a sample, with its comma: about so many. */
const bytesOfNumber = 6

const schema = 'https://www.speedscope.app/file-format-schema.json'

/** The format's units; it has none for cycles, which become numbers without a unit. */
function unitOf({ unit }: WeightType): 'none' | 'nanoseconds' | 'bytes' {
  return unit === 'nanoseconds' || unit === 'bytes' ? unit : 'none'
}

/** What the format has no place for, in words, for whoever converts. */
export function lossesOfSpeedscope(profile: Profile): string[] {
  const lost = ['worlds']
  if (profile.samples.time) lost.push('stamps of samples (their order stays)')
  if (profile.samples.cpu) lost.push('processors')
  if (profile.weightTypes.some((type) => unitOf(type) === 'none' && type.unit === 'cycles')) lost.push('the unit of cycles, but for the name')
  return lost
}

/**
 * speedscope's own format (its file-format-spec): one `sampled` profile a thread and weight, every row a sample, the
 * default weight first. Losses: `lossesOfSpeedscope`.
 */
export function writeSpeedscope(profile: Profile): string {
  const { frames, weightTypes, threads, samples, defaultWeight } = profile
  const depths = writtenLengths(profile.stacks, () => bytesOfNumber)
  refuseTooLong('speedscope\'s format', weightTypes.length * samples.stack.reduce((sum, stack) => sum + (stack < 0 ? 0 : depths[stack]!), 0))
  const order = [defaultWeight, ...weightTypes.map((_, k) => k).filter((k) => k !== defaultWeight)]
  const rowsOf = threads.length === 0
    ? [{ name: profile.name, rows: Array.from(samples.stack.keys()) }]
    : threads.map((name, id) => ({ name, rows: Array.from(samples.stack.keys()).filter((row) => samples.thread?.[row] === id) }))
  const profiles = order.flatMap((k) => rowsOf.map(({ name, rows }) => {
    const weights = rows.map((row) => samples.weights[k]![row]!)
    return {
      type: 'sampled', name: weightTypes.length > 1 ? `${name} (${weightTypes[k]!.name})` : name, unit: unitOf(weightTypes[k]!),
      startValue: 0, endValue: weights.reduce((sum, weight) => sum + weight, 0), samples: rows.map((row) => framesOf(profile, samples.stack[row]!)), weights,
    }
  }))
  return JSON.stringify({
    $schema: schema, exporter: 'Worldswitch', name: profile.name, activeProfileIndex: 0,
    shared: { frames: frames.name.map((name, id) => (frames.module[id] === '' ? { name } : { name, file: frames.module[id] })) },
    profiles,
  })
}

/** Frames of a stack, root first. */
function framesOf({ stacks: { parent, frame } }: Profile, leaf: number): number[] {
  const found: number[] = []
  for (let stack = leaf; stack >= 0; stack = parent[stack]!) found.push(frame[stack]!)
  return found.reverse()
}
