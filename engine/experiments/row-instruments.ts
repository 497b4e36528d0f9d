import type { Probe } from '../machine/observer'
import type { ProbeReport, RunReport, TableRow } from '../run-report'
import type { Percent } from '../units'
import { probeId, probeOfRow } from './row-probes'

/** What one instrument says of a row, in percent of the row's whole; or in `why` that it says nothing, and why not. */
export type Reading =
  | { percent: Percent; ci95: [Percent, Percent] | null; why: null; words: string }
  | { percent: null; ci95: null; why: string; words: null }

/** A row of Table 2 as each instrument has it alone, and as both together have it. */
export interface RowReadings {
  id: string
  sampled: Reading
  direct: Reading
  derived: Reading
}

/** Calls that a probe times, where the row holds less or more than the call: what the difference is. */
const callIsMore: Partial<Record<string, string>> = {
  'lance-world-switch-access': 'the call is timed to the host and back, the VMApp\'s work included: no share of this row',
}
const remarks: Partial<Record<string, string>> = {
  'guest-context-switch': 'the privileged instructions inside a switch, which are a row of their own, are in it',
  'vmnet-transmit': 'host interrupts that land inside the calls are in it',
  'vmnet-receive': 'host interrupts that land inside the calls are in it',
  'lance-transmit-path': 'host interrupts that land inside the calls are in it',
}

const none = (why: string): Reading => ({ percent: null, ci95: null, why, words: null })

/**
 * Each row by each instrument. Sampled: the samples' share. Direct: calls times their mean time, of the elapsed time;
 * of VMM time it needs the sampled share of that, whose interval it then has (error of the quotient: the sampled
 * denominator's; cycle counts add none). Derived: by a reconciliation of the two.
 */
export function readingsOf(report: Pick<RunReport, 'table' | 'probes' | 'reconciliations' | 'simulatedSeconds' | 'idlePercent'>): RowReadings[] {
  const vmm = report.table.find(({ id }) => id === 'vmm')
  return report.table.map((row) => ({
    id: row.id, sampled: sampledReading(row, report), direct: directReading(row, report, vmm),
    derived: row.method === 'derived' && row.percent !== null
      ? { percent: row.percent, ci95: row.ci95, why: null, words: row.derivation?.at(-1) ?? '' }
      : none('nothing has to be derived: one instrument is enough'),
  }))
}

function sampledReading(row: TableRow, { reconciliations }: Pick<RunReport, 'reconciliations'>): Reading {
  if (row.method !== 'derived') {
    return row.percent === null ? none(row.evidence ?? 'there is no sample of it')
      : { percent: row.percent, ci95: row.ci95, why: null, words: row.evidence ?? '' }
  }
  const split = reconciliations?.find(({ id }) => id === 'guest-idle')
  return none(split
    ? `sampling alone gives only the sum, ${split.names.bucket}: ${split.steps[0]}`
    : 'sampling alone gives only the sum of guest idle and the host interrupts in it')
}

function directReading(
  row: TableRow, { probes, simulatedSeconds, idlePercent }: Pick<RunReport, 'probes' | 'simulatedSeconds' | 'idlePercent'>,
  vmm: TableRow | undefined,
): Reading {
  if (callIsMore[row.id]) return none(callIsMore[row.id]!)
  if (row.id === 'guest-idle') {
    return idlePercent.direct === null ? none('the guest\'s halts were not timed')
      : inScope(idlePercent.direct, row, vmm, 'cycle counts from HLT to the next hardware interrupt')
  }
  const probe = probeOf(row.id, probes ?? [])
  if (!probe) return none(row.id in probeOfRow ? 'the call never came' : 'no probe brackets it')
  const percent = (probe.count * probe.meanMicroseconds) / (simulatedSeconds * 1e4)
  const remark = remarks[row.id]
  return inScope(percent, row, vmm, `${probe.count} calls timed from start to finish${remark ? `; ${remark}` : ''}`)
}

function inScope(percent: Percent, row: TableRow, vmm: TableRow | undefined, words: string): Reading {
  if (row.scope === 'total') return { percent, ci95: null, why: null, words }
  if (!vmm || vmm.percent === null || vmm.percent === 0) {
    return none('measured as a share of total time, and without samples VMM time is not known')
  }
  const quotient = (whole: Percent) => (100 * percent) / whole
  const ci95: [number, number] | null = vmm.ci95 && vmm.ci95[0] > 0 ? [quotient(vmm.ci95[1]), quotient(vmm.ci95[0])] : null
  return {
    percent: quotient(vmm.percent), ci95, why: null,
    words: `${words}: ${percent.toFixed(2)} % of total time, over the sampled ${vmm.percent.toFixed(1)} % that is VMM time`,
  }
}

function probeOf(row: string, probes: readonly ProbeReport[]): ProbeReport | undefined {
  const probe: Probe | undefined = probeOfRow[row]
  return probe === undefined ? undefined : probes.find(({ id }) => id === probeId(probe))
}
