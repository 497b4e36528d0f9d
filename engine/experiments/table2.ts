import type { Machine } from '../machine/machine'
import { Probe } from '../machine/observer'
import { paperFigure } from '../paper/reference'
import { type RowDefinition, tableRows } from '../paper/rows'
import { reconcile } from '../profilers/reconcile'
import type { TableRow } from '../run-report'
import { wilson } from '../statistics/share'
import { microsecondsOfCycles, percentOf } from '../units'
import { attribute, sumByRow } from './attribution'

/** Which directly measured call gives a row its average time. */
const averageOf: Record<string, Probe> = {
  'vmnet-transmit': Probe.VmnetTransmit,
  'vmnet-receive': Probe.VmnetReceive,
  'lance-transmit-path': Probe.LanceTransmitPath,
  'pic-access': Probe.PicAccess,
  'lance-status-access': Probe.LanceStatusAccess,
  'lance-address-access': Probe.LanceAddressAccess,
  'lance-world-switch-access': Probe.LanceSwitchAccess,
  'guest-context-switch': Probe.GuestContextSwitch,
}

/**
 * Table 2 of one run: shares from the samples, averages from the direct measurements, the two starred rows by
 * reconciling both, and beside each the truth of the books. `hits` are samples by stack.
 */
export function table2(machine: Machine, hits: Float64Array, samples: number): TableRow[] {
  const attribution = attribute(machine.books)
  const truth = sumByRow(attribution, machine.books.cycles.subarray(0, machine.books.count))
  const sampled = sumByRow(attribution, hits)
  const total = machine.clock.now
  const vmmCycles = truth.get('vmm') ?? 0
  const vmmHits = sampled.get('vmm') ?? 0
  const hosted = machine.scenario.vm === 'hosted'
  const idle = hosted ? idleRows(machine, sampled, vmmHits, samples) : null

  return tableRows.map((definition) => {
    const whole = definition.scope === 'total' ? samples : vmmHits
    const wholeCycles = definition.scope === 'total' ? total : vmmCycles
    const rowHits = sampled.get(definition.id) ?? 0
    const interval = hosted ? wilson(rowHits, whole) : null
    const base: TableRow = {
      id: definition.id, label: definition.label, scope: definition.scope,
      percent: interval ? percentOf(rowHits, whole) : null,
      method: 'sampled',
      ci95: interval ? [100 * interval[0], 100 * interval[1]] : null,
      truthPercent: hosted ? percentOf(truth.get(definition.id) ?? 0, wholeCycles) : null,
      averageMicroseconds: average(machine, definition),
      status: definition.status,
      paper: paperFigure(machine.scenario, definition.id),
    }
    return { ...base, ...idle?.[definition.id] }
  })
}

/** The starred rows: sampling alone gives only their sum. */
function idleRows(
  machine: Machine, sampled: Map<string, number>, vmmHits: number, samples: number,
): Record<string, Partial<TableRow>> | null {
  const bucketHits = (sampled.get('guest-idle') ?? 0) + (sampled.get('host-irq-while-idle') ?? 0)
  const directPercent = percentOf(machine.probes.cycles[Probe.GuestIdle]!, machine.clock.now)
  const split = reconcile(
    { bucket: 'guest idle with its host IRQs', part: 'guest idle', rest: 'host IRQ while idle', scope: 'VMM time' },
    bucketHits, vmmHits, samples, directPercent,
  )
  if (!split) return null
  const derived = (value: { percent: number; ci95: [number, number] }): Partial<TableRow> =>
    ({ ...value, method: 'derived', derivation: split.steps })
  return { 'guest-idle': derived(split.measuredPart), 'host-irq-while-idle': derived(split.rest) }
}

function average(machine: Machine, definition: RowDefinition): number | null {
  const probe = averageOf[definition.id]
  if (probe === undefined || machine.probes.count[probe] === 0) return null
  return microsecondsOfCycles(machine.probes.mean(probe), machine.config.mhz)
}
