import { intervalsOfRows } from '../../statistics/dependence'
import { shareInterval, type Interval } from '../../statistics/interval'
import type { Answer } from '../../statistics/answer'
import { worldIds, worldNames } from '../../worlds'
import type { Profile } from '../columns'
import { isSampledCount } from '../compare'
import type { Classification } from './classify'
import { classifiedSamples, weightsByRow, weightsByWorld, type ClassifiedSamples } from './samples'
import { importedRows, isVmmRow, rowNumber } from './rows'
import type { ImportedTable, TableShare } from './table-types'

const vmmRow = rowNumber.get('vmm')!
/** Beside the row numbers: 1 for samples of VMM time. */
const inVmm = 1

/**
 * Table 2 of a recorded profile: share of every row and world, with 95 % intervals. Where single samples are known in
 * time, intervals allow for samples that follow from each other; counts that the file has added up have the interval
 * of independent samples, and say so; weights that are no counts of samples have none.
 */
export function importedTable(samples: ClassifiedSamples): ImportedTable {
  const { row, weight, type } = samples
  const byRow = weightsByRow(samples)
  byRow[vmmRow] = byRow.reduce((sum, one, i) => sum + (isVmmRow[i] ? one : 0), 0)
  const all = weight.reduce((sum, one) => sum + one, 0)
  const numbers = importedRows.map((_, i) => i)
  const ofTotal = numbers.filter((i) => !isVmmRow[i] && i !== vmmRow)
  const ofVmm = numbers.filter((i) => isVmmRow[i])
  const shares = new Map<number, TableShare>()
  const put = (rows: number[], whole: number, sequence: () => ArrayLike<number>, wanted = rows) =>
    sharesOf(samples, rows.map((i) => byRow[i]!), whole, sequence, wanted).forEach((share, k) => shares.set(rows[k]!, share))
  put(ofTotal, all, () => row)
  put([vmmRow], all, () => row.map((one) => isVmmRow[one]!), [inVmm])
  put(ofVmm, byRow[vmmRow]!, () => row.filter((one) => isVmmRow[one] === 1))
  return {
    weight: type, all, samples: isSampledCount(type) ? all : weight.length, single: samples.single,
    rows: importedRows.map((definition, i) => ({ ...definition, ...shares.get(i)! })),
    worlds: worldShares(samples),
  }
}

/** The worlds alone: those that have anything. */
export function worldShares(samples: ClassifiedSamples): ImportedTable['worlds'] {
  const byWorld = weightsByWorld(samples)
  const all = byWorld.reduce((sum, one) => sum + one, 0)
  const worlds = worldIds.map((_, i) => i).filter((i) => byWorld[i]! > 0)
  return sharesOf(samples, worlds.map((i) => byWorld[i]!), all, () => samples.world, worlds)
    .map((share, k) => ({ world: worlds[k]!, label: worldNames[worlds[k]!]!, ...share }))
}

/** The table of a whole profile, or of a part of its samples. */
export function tableOfProfile(classification: Classification, weight: number, part?: Profile): ImportedTable {
  return importedTable(classifiedSamples(classification, weight, part))
}

/** `wanted`: what stands for each row in the sequence. */
function sharesOf(
  { type, single }: ClassifiedSamples, parts: number[], whole: number, sequence: () => ArrayLike<number>, wanted: number[],
): TableShare[] {
  if (!isSampledCount(type)) {
    const evidence = `without an interval: ${type.name} ${type.kind === 'true' ? 'is measured' : `weighs samples in ${type.unit}`}, and only counts of samples are draws`
    return parts.map((part) => ({ weight: part, percent: percentOf(part, whole), ci95: null, effectiveSamples: null, evidence }))
  }
  if (whole === 0) return parts.map(() => ({ weight: 0, percent: null, ci95: null, effectiveSamples: null, evidence: 'nothing of the scope was sampled' }))
  const intervals: Answer<Interval>[] = single ? intervalsOfRows(sequence(), wanted) : parts.map((part) => shareInterval(part, whole))
  const but = single ? '' : '; samples taken as independent, since the file does not say in which order they came'
  return intervals.map((interval, k) => ({
    weight: parts[k]!, percent: percentOf(parts[k]!, whole),
    ci95: interval.known ? [100 * interval.lo, 100 * interval.hi] : null,
    effectiveSamples: interval.known && single ? interval.effectiveN : null,
    evidence: interval.known ? interval.words + but : interval.why,
  }))
}

function percentOf(part: number, whole: number): number | null {
  return whole > 0 ? (100 * part) / whole : null
}
