import type { PlanRequest } from '../../engine/experiments/method/types'
import { readingsOf, type RowReadings } from '../../engine/experiments/row-instruments'
import type { RunReport, TableRow } from '../../engine/run-report'
import type { ImportedRun, SessionRun, SimulatedRun } from '../../engine/session/document'
import { GAP_CLASSES } from '../../engine/statistics/pace'
import { worldNames } from '../../engine/worlds'
import type { PlanFields } from './method-state'
import { whole } from './numbers'

export type Instrument = 'sampled' | 'direct' | 'derived'
export const instruments: readonly Instrument[] = ['sampled', 'direct', 'derived']

/** A row of Table 2 with its truth and what the instruments say of it. */
export interface JudgedRow {
  row: TableRow
  truth: number
  readings: RowReadings
  /** Of a row that only both instruments together know: what sampling alone gives for it and its other half. */
  sampledSum: number | null
}

/** Rows of a run that have a truth, in the table's order; those that did not happen are left out. */
export function judgedRows(report: RunReport): JudgedRow[] {
  const readings = readingsOf(report)
  const split = report.reconciliations?.find(({ id }) => id === 'guest-idle')
  const sum = split?.rest ? split.measuredPart.percent + split.rest.percent : null
  return report.table.flatMap((row, i) => (row.truthPercent === null || (row.truthPercent === 0 && !row.percent) ? []
    : [{ row, truth: row.truthPercent, readings: readings[i]!, sampledSum: row.method === 'derived' ? sum : null }]))
}

/** Something to plan for: a row of Table 2, or a world of a recorded profile. */
export interface PlanChoice {
  id: string
  label: string
  /** What its share is of. */
  whole: string
  share: number
  /** Samples for one independent one. */
  inflation: number
  /** The part of all samples that fall into its whole. */
  partOfSamples: number
}

/** What can be planned for, and the run's own rate; nothing where there are no samples. */
export function planChoices(run: SessionRun): { choices: PlanChoice[]; ratePerSecond: number | null } {
  return run.kind === 'simulated' ? choicesOfRows(run) : choicesOfWorlds(run)
}

function choicesOfRows({ report }: SimulatedRun): { choices: PlanChoice[]; ratePerSecond: number | null } {
  const vmm = (report.table.find(({ id }) => id === 'vmm')?.percent ?? 0) / 100
  const choices = report.table.flatMap((row): PlanChoice[] => {
    const part = row.scope === 'vmm' ? vmm : 1
    if (row.percent === null || report.samples === 0 || part === 0) return []
    const samples = report.samples * part
    return [{
      id: row.id, label: row.label, whole: row.scope === 'vmm' ? 'VMM time' : 'total time', share: row.percent / 100,
      inflation: row.effectiveSamples ? Math.max(1, samples / row.effectiveSamples) : 1, partOfSamples: part,
    }]
  })
  return { choices, ratePerSecond: report.sampling?.foundHz ?? null }
}

function choicesOfWorlds({ source: { report } }: ImportedRun): { choices: PlanChoice[]; ratePerSecond: number | null } {
  const choices = (report.worlds ?? []).map(({ world, share, effectiveSamples }): PlanChoice => ({
    id: `world-${world}`, label: worldNames[world]!, whole: 'total time', share,
    inflation: Math.max(1, report.samplesKept / effectiveSamples), partOfSamples: 1,
  }))
  return { choices, ratePerSecond: report.pace?.foundPerSecond ?? null }
}

export interface PlanProblems {
  precision?: string
  difference?: string
  power?: string
  rate?: string
}

/** What the planner is asked, or what is wrong with the fields. `rate`: samples a second without a word in the field. */
export function planRequest(fields: PlanFields, choice: PlanChoice, rate: number | null): { request: PlanRequest } | { problems: PlanProblems } {
  const problems: PlanProblems = {}
  const number = (text: string, field: keyof PlanProblems, low: number, high: number, unit: string): number => {
    const value = text.trim() === '' ? NaN : Number(text)
    if (!(value > low && value < high)) problems[field] = `a number between ${low} and ${whole(high)} ${unit}`
    return value
  }
  const precision = number(fields.precision, 'precision', 0, 50, 'points')
  const difference = number(fields.difference, 'difference', 0, 100, 'points')
  const power = number(fields.power, 'power', 1, 100, 'percent')
  const asked = fields.rate.trim() === '' && rate !== null ? rate : number(fields.rate, 'rate', 0, 1e9, 'a second')
  if (Object.keys(problems).length > 0) return { problems }
  return {
    request: {
      share: choice.share, halfWidth: precision / 100, difference: difference / 100, power: power / 100,
      ratePerSecond: asked * choice.partOfSamples, inflation: choice.inflation,
    },
  }
}

/** Classes of intervals between samples, in words, with their counts. */
export function gapBars(gaps: readonly number[]): { name: string; words: string; count: number }[] {
  return gaps.map((count, i) => {
    const [from, to] = [GAP_CLASSES[i]!, GAP_CLASSES[i + 1]]
    return {
      count, name: to === undefined ? `${from}+` : `${from}–${to}`,
      words: to === undefined ? `${from} periods or more` : `${from} to ${to} periods`,
    }
  })
}
