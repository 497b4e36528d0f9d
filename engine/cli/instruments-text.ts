import type { RunReport } from '../run-report'
import { columns, figure, grouped } from './columns'

/** What the instruments did in a run: the sampler's biases, what watching changed, the direct measurements. */
export function instrumentsText({ sampling, perturbation, probes }: RunReport): string[] {
  const lines: string[] = []
  if (sampling) {
    lines.push('', `Sampling: ${sampling.askedHz} Hz asked, ${figure(sampling.foundHz, 1)} Hz found; ` +
      `${grouped(sampling.deferred)} deferred, ${grouped(sampling.lost)} lost`)
    lines.push(...sampling.biases.map((text) => `  ${text}`), ...sampling.aliasing.map(({ verdict }) => `  ${verdict}`))
  }
  if (perturbation) lines.push('', perturbation.words)
  if (probes && probes.length > 0) {
    const head = ['Direct measurement, us', 'count', 'mean', 'alone', 'p5', 'p50', 'p95', 'p99', 'max']
    lines.push('', ...columns([head, ...probes.map((probe) => [
      probe.label, grouped(probe.count), figure(probe.meanMicroseconds, 2), figure(probe.exclusiveMeanMicroseconds, 2),
      figure(probe.p5Microseconds, 2), figure(probe.p50Microseconds, 2), figure(probe.p95Microseconds, 2),
      figure(probe.p99Microseconds, 2), figure(probe.maxMicroseconds, 2),
    ])]))
  }
  return lines
}
