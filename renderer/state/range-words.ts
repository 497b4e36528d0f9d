import { machineOf } from '../../engine/machine/custom'
import type { SessionRun } from '../../engine/session/document'
import { secondsText } from './numbers'
import type { TimeRange } from './store'

/** "12.40 ms to 13.10 ms of VM/PC-733 optimized (700 µs)". */
export function rangeText(range: TimeRange, run: SessionRun): string {
  const seconds = (at: number) => (range.unit === 'cycles' && run.kind === 'simulated'
    ? at / (machineOf(run.report.scenario.machine, run.report.scenario.custom).mhz * 1e6) : at)
  const [from, to] = [seconds(range.from), seconds(range.to)]
  return `${secondsText(from)} to ${secondsText(to)} of ${run.name} (${secondsText(to - from)})`
}
