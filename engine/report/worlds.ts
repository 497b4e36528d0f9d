import { digitsFor, fixed, intervalText } from '../figure-text'
import { isSampledCount } from '../profile/compare'
import { worldTotals } from '../profile/world-totals'
import type { SessionRun } from '../session/document'
import { wilson } from '../statistics/share'
import { worldNames } from '../worlds'
import { dash, figures, words, type Block } from './blocks'

const sumOf = (totals: Float64Array) => totals.reduce((sum, part) => sum + part, 0)

/** Shares of the worlds of any run, with what kind of figure they are. */
export function worldTable(run: SessionRun): Block {
  const { profile } = run
  const counts = profile.weightTypes.findIndex(isSampledCount)
  const weight = counts < 0 ? profile.defaultWeight : counts
  const truth = profile.weightTypes.findIndex((type) => type.kind === 'true')
  const totals = worldTotals(profile, weight)
  const all = sumOf(totals)
  const trueTotals = truth < 0 ? null : worldTotals(profile, truth)
  if (all === 0) return trueTotals && sumOf(trueTotals) > 0 ? trueWorlds(trueTotals) : { kind: 'paragraph', text: 'Worlds: nothing was recorded.' }
  const known = run.kind === 'imported' ? new Map(run.source.report.worlds?.map((world) => [world.world, world])) : null
  // Table 2's intervals know the order of the samples; these do not, and say so
  const asIf = counts < 0 || known?.size ? '' : '; intervals as if the samples did not follow from each other'
  const rows = [...totals.keys()].filter((world) => totals[world]! > 0 || (trueTotals?.[world] ?? 0) > 0).map((world) => {
    const read = known?.get(world)
    const interval = read ? [read.lo, read.hi] as const : counts < 0 ? null : wilson(Math.min(totals[world]!, all), all)
    const ci95 = interval && [100 * interval[0], 100 * interval[1]] as const
    const digits = digitsFor(ci95)
    return [
      worldNames[world]!, fixed((100 * totals[world]!) / all, digits), ci95 ? intervalText(ci95, digits) : dash,
      ...(trueTotals ? [fixed((100 * trueTotals[world]!) / sumOf(trueTotals), Math.max(1, digits))] : []),
    ]
  })
  return {
    kind: 'table', caption: `Worlds, of total time (${profile.weightTypes[weight]?.name ?? 'samples'}, ${profile.weightTypes[weight]?.kind ?? 'sampled'}${asIf})`,
    columns: [words('World'), figures('% of total time'), figures('95 % interval'), ...(trueTotals ? [figures('true, %')] : [])], rows,
  }
}

/** Of a run that nobody sampled the books alone know. */
function trueWorlds(totals: Float64Array): Block {
  const all = sumOf(totals)
  return {
    kind: 'table', caption: 'Worlds, of total time (cycles, true)', columns: [words('World'), figures('true, %')],
    rows: [...totals.keys()].filter((world) => totals[world]! > 0)
      .map((world) => [worldNames[world]!, fixed((100 * totals[world]!) / all, 1)]),
  }
}
