import * as z from 'zod'
import type { Profile } from '../../profile/columns'

/**
 * What a Profile says and pprof has no field for travels in one comment: pprof's own tools print comments and keep
 * them. Foreign files do not have it and are read without.
 */
const prefix = 'worldswitch.profile/1 '

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
