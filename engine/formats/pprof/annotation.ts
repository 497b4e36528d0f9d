import * as z from 'zod'
import type { Profile } from '../../profile/columns'

/**
 * What a Profile says and pprof has no field for travels in one comment: pprof's own tools print comments and keep
 * them. Foreign files do not have it and are read without.
 */
const prefix = 'worldswitch.profile/1 '

/** Label of a sample whose weights are no whole numbers below 2^53: a JSON list of them. */
export const exactLabel = 'exact'

/** The weights of a row as they were; null when the label is none of ours. */
export function exactWeights(label: string, count: number): number[] | null {
  try {
    return z.array(z.number()).length(count).safeParse(JSON.parse(label)).data ?? null
  } catch {
    return null
  }
}

/** What other programs do not find in our pprof, in words, for whoever converts. */
export function lossesOfPprof({ samples }: Profile): string[] {
  const whole = samples.weights.every((column) => column.every(Number.isSafeInteger))
  return whole ? [] : ['parts of a unit, for other programs (Worldswitch finds them)']
}

const annotationSchema = z.looseObject({
  name: z.string(),
  weightTypes: z.array(z.object({
    name: z.string(), unit: z.enum(['count', 'cycles', 'nanoseconds', 'bytes']), kind: z.enum(['sampled', 'true']),
  })),
  defaultWeight: z.int().nonnegative(),
  /** One digit a location, in the order of the file: the world of a stack that ends there. */
  worlds: z.string().regex(/^[0-8]*$/),
})
export type Annotation = z.infer<typeof annotationSchema>

export function annotationText(profile: Profile, worlds: string): string {
  const { name, weightTypes, defaultWeight } = profile
  return prefix + JSON.stringify({ name, weightTypes, defaultWeight, worlds } satisfies Annotation)
}

export function annotationOf(comments: readonly string[]): Annotation | null {
  const text = comments.find((comment) => comment.startsWith(prefix))
  if (text === undefined) return null
  try {
    return annotationSchema.safeParse(JSON.parse(text.slice(prefix.length))).data ?? null
  } catch {
    return null
  }
}
