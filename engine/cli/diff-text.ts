import { headlines, comparedRowsText } from './compare-text'
import { columns, figure, grouped, interval, signed } from './columns'
import type { Diff, DiffFigure, DiffSide } from './diff-figures'
import type { Regression } from './diff-limits'
import { asRead } from '../profile/classify/propose'
import { countedSamples } from '../profile/compare'

/** A comparison for people: what is compared, Table 2, worlds, functions, and what regressed. */
export function diffText(a: DiffSide, b: DiffSide, diff: Diff, regressions: readonly Regression[], functionsShown: number): string[] {
  const reports = a.run.kind === 'simulated' && b.run.kind === 'simulated' ? [a.run.report, b.run.report] as const : null
  return [
    `A  ${sideText(a)}`, `B  ${sideText(b)}`,
    ...(diff.unlike === null ? [] : [diff.unlike]), '',
    'Differences are B - A, in points; intervals are of 95 %. Verdicts allow for all rows of a table being looked at',
    `together (Benjamini-Hochberg, 5 %). ${evidenceText(diff)}`,
    ...(reports ? ['', ...columns([['', 'A', 'B', 'B - A'], ...headlines(...reports)])] : []),
    ...(diff.rows.length > 0 ? ['', ...comparedRowsText(diff.rows)] : []),
    '', ...worldsText(diff), '', ...functionsText(diff, functionsShown),
    ...(regressions.length > 0 ? ['', ...regressions.map(({ words }) => `REGRESSED  ${words}`)] : []), '',
  ]
}

function sideText({ file, run }: DiffSide): string {
  const samples = grouped(countedSamples(run.profile) ?? run.profile.samples.stack.length)
  return run.kind === 'simulated' ? `${run.name}, simulated, ${samples} samples (${file})` : `${file}, ${run.source.format}, ${samples} samples, rules: ${run.rules?.set ?? asRead}`
}

function evidenceText({ weight: { label, evidence } }: Diff): string {
  const of = label === 'sampled' ? 'Worlds and functions by samples' : `Worlds and functions by ${label}`
  if (evidence === 'sampled') return `${of}.`
  return evidence === 'counted' ? `${of}: counted, without error, and judged from 0.1 points on.`
    : `${of}: no counts of samples, so without intervals and verdicts.`
}

function cells({ a, b, points, ci95, verdict }: DiffFigure): string[] {
  return [
    figure(a, 2), figure(b, 2), signed(points, 2), interval(ci95, 2, signed),
    verdict === null ? '-' : verdict === 'no evidence' ? 'no evidence of a difference' : verdict,
  ]
}

const head = ['A %', 'B %', 'B - A', '95 % interval', 'verdict']

function worldsText({ worlds }: Diff): string[] {
  return columns([['World, % of total time', ...head], ...worlds.map((world) => [world.label, ...cells(world)])], [0, 5])
}

function functionsText({ functions, of }: Diff, shown: number): string[] {
  const title = of === 'self' ? 'Function, own % of total time' : 'Function with callees, % of total time'
  const rows = functions.slice(0, shown).map((one) => [one.name.slice(0, 60), ...cells(one), one.module])
  const more = functions.length - rows.length
  return [...columns([[title, ...head, 'module'], ...rows], [0, 5, 6]), ...(more > 0 ? [`and ${grouped(more)} more`] : [])]
}

export function diffJson(a: DiffSide, b: DiffSide, { unlike, weight, of, rows, worlds, functions }: Diff, regressions: readonly Regression[]): unknown {
  return {
    schema: 'worldswitch.diff/1', a: sideJson(a), b: sideJson(b), unlike,
    weight: { name: weight.label, evidence: weight.evidence }, of, rows, worlds, functions, regressions,
  }
}

function sideJson({ file, run }: DiffSide): unknown {
  const samples = countedSamples(run.profile)
  return run.kind === 'simulated'
    ? { file, kind: run.kind, run: run.name, id: run.id, samples, digest: run.digest, throughputMbps: run.report.throughputMbps, idlePercent: run.report.idlePercent }
    : { file, kind: 'recorded', run: run.name, id: run.id, samples, format: run.source.format, rules: run.rules ?? null }
}
