import type { SessionRun } from './document'

/**
 * By world, how many independent samples a recorded run's samples count for, as its reader found them; none of a simulated
 * one, whose samples are dithered. Of a range of it, as many fewer as it has samples: what is `shown` depends on itself
 * as the `whole` does.
 */
export function effectiveSizes(shown: SessionRun, whole: SessionRun = shown): ReadonlyMap<number, number> | undefined {
  if (shown.kind === 'simulated' || whole.kind === 'simulated') return undefined
  const part = shown.source.report.samplesKept / whole.source.report.samplesKept
  return new Map(whole.source.report.worlds?.map(({ world, effectiveSamples }) => [world, effectiveSamples * part]))
}

/** A function may run in several worlds: its samples count for no more than those of the world that count for least. */
export function leastSize(shown: SessionRun, whole: SessionRun = shown): number | null {
  const sizes = effectiveSizes(shown, whole)
  return sizes && sizes.size > 0 ? Math.min(...sizes.values()) : null
}
